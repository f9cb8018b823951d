import { type What } from "../../simulate/timeline/happening.js";

/** What a line says: what happened, or that something failed that came right in the same stage. */
export type Said = What | "not yet";

/** How something that happened is shown. */
export interface Word {
  readonly sign: string;
  readonly word: string;
  readonly tone: Tone;
}

export type Tone = "plain" | "good" | "busy" | "bad" | "gone" | "person" | "cloud";

export const WORDS: Readonly<Record<Said, Word>> = {
  applied: { sign: "▸", word: "applied", tone: "person" },
  "deletion asked": { sign: "▸", word: "delete", tone: "person" },
  created: { sign: "+", word: "created", tone: "plain" },
  changed: { sign: "~", word: "changed", tone: "busy" },
  deleting: { sign: "-", word: "deleting", tone: "gone" },
  deleted: { sign: "-", word: "deleted", tone: "gone" },
  made: { sign: "☁", word: "in cloud", tone: "cloud" },
  removed: { sign: "☁", word: "removed", tone: "gone" },
  kept: { sign: "☁", word: "kept", tone: "cloud" },
  ready: { sign: "✔", word: "ready", tone: "good" },
  unready: { sign: "○", word: "unready", tone: "busy" },
  published: { sign: "◆", word: "Secret", tone: "good" },
  held: { sign: "!", word: "held", tone: "busy" },
  waiting: { sign: "…", word: "waits", tone: "busy" },
  failed: { sign: "✖", word: "failed", tone: "bad" },
  "not yet": { sign: "○", word: "not yet", tone: "busy" },
  recovered: { sign: "✔", word: "recovers", tone: "good" },
  said: { sign: "·", word: "says", tone: "plain" },
  fault: { sign: "⚡", word: "fault", tone: "bad" },
  "stage ended": { sign: "·", word: "ended", tone: "plain" },
  "stage began": { sign: "·", word: "began", tone: "plain" },
};
