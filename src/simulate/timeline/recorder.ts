import { type Event } from "../../render/event.js";
import { type JsonObject } from "../../wire/index.js";
import { type Change } from "../api/change.js";
import { type Clock } from "../clock.js";
import { type Happening, type Subject, type What } from "./happening.js";
import { happeningsOf, type Occurrence, type Readers } from "./happenings-of.js";
import { subjectOf } from "./subject.js";

export interface RecorderOptions extends Readers {
  readonly clock: Pick<Clock, "now">;
  /** Is told of each as it happens. */
  onHappening(happening: Happening): void;
}

/** Writes the timeline of a simulation. */
export class Recorder {
  readonly happenings: Happening[] = [];
  readonly #options: RecorderOptions;
  readonly #said = new Set<string>();
  #stage = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** What happens from now on belongs to this stage. */
  begin(stage: number): void {
    this.#stage = stage;
    this.#said.clear();
  }

  /** A change of an object in the cluster. */
  changed(change: Change): void {
    const occurrences = happeningsOf(change, this.#options);
    if (occurrences.length === 0) return;
    const subject = subjectOf(change.object);
    for (const occurrence of occurrences) this.#add(subject, occurrence);
  }

  /** An event. What was said of an object before, in the same stage, is not repeated. */
  said(object: JsonObject, { type, reason, message }: Event): void {
    if (NOISE.some((noise) => noise.test(message))) return;
    this.once(object, "said", `${type === "Warning" ? "Warning" : "Normal"} ${reason}: ${message}`);
  }

  /** Something that is said once of an object in a stage, however often it happens. */
  once(object: JsonObject, what: What, message: string): void {
    const subject = subjectOf(object);
    const key = JSON.stringify([subject.apiVersion, subject.kind, subject.namespace, subject.name, what, message]);
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.#add(subject, { what, message });
  }

  /** Something that happened to an object outside of the cluster. */
  happened(object: JsonObject, what: What, message?: string): void {
    this.#add(subjectOf(object), { what, ...(message !== undefined && { message }) });
  }

  /** A stage began, or ended. */
  marked(what: "stage began" | "stage ended", message: string): void {
    this.#add({ apiVersion: "", kind: "", namespace: "", name: "" }, { what, message });
  }

  #add(object: Subject, occurrence: Occurrence): void {
    const happening = { at: this.#options.clock.now(), stage: this.#stage, ...occurrence, object };
    this.happenings.push(happening);
    this.#options.onHappening(happening);
  }
}

/** Events that say what the state of objects says as well. */
const NOISE = [
  /^Composed resource ".*" is not yet (ready|valid)$/s,
  /^(Successfully s|S)elected composition/,
  /^Composite resource is not yet ready$/,
  /^Usage configured successfully\.$/,
];
