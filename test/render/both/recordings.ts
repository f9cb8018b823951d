import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Rendered } from "./real.js";

/** What is compared of a rendering. */
export type Comparable = Pick<Rendered, "stdout" | "code">;

/** What is kept of a rendering: all of stdout, or a digest of it. */
export interface Recording {
  readonly code: number;
  readonly stdout: string;
}

/** The recording that a rendering would have. A large one is of a digest and the length. */
export function recordingOf({ stdout, code }: Comparable, { large = false }: { readonly large?: boolean }): Recording {
  if (!large) return { code, stdout };
  const digest = createHash("sha256").update(stdout).digest("hex");
  return { code, stdout: `sha256 ${digest}, ${Buffer.byteLength(stdout)} bytes\n` };
}

/**
 * The recordings of a group of cases, by name: a file of text, in which a line with the name begins each. YAML that is
 * printed has no line that begins so.
 */
export function readRecordings(group: string): ReadonlyMap<string, Recording> {
  const [, ...sections] = readFileSync(fileOf(group), "utf8").split(/^######## /m);
  return new Map(sections.map(read));
}

/** Replaces the recordings of a group of cases. */
export function writeRecordings(group: string, recordings: ReadonlyMap<string, Recording>): void {
  const sections = [...recordings].map(([name, { code, stdout }]) => `######## ${name}\nexit ${code}\n${stdout}`);
  mkdirSync(dirname(fileOf(group)), { recursive: true });
  writeFileSync(fileOf(group), sections.join(""));
}

function read(section: string): [string, Recording] {
  const [, name, code, stdout] = /^(.*)\nexit (\d+)\n([\s\S]*)$/.exec(section) ?? [];
  if (name === undefined || stdout === undefined) throw new Error(`cannot read a recording: ${section.slice(0, 80)}`);
  return [name, { code: Number(code), stdout }];
}

function fileOf(group: string): string {
  return join(fileURLToPath(new URL("../recorded", import.meta.url)), `${group}.txt`);
}
