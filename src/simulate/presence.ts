import { uidOf } from "../render/unstructured.js";
import { type JsonObject } from "../wire/index.js";
import { type Change } from "./api/change.js";

/** What is there, and what has been. */
export class Presence {
  readonly #present = new Set<string>();
  readonly #gone: JsonObject[] = [];

  changed({ type, object }: Change): void {
    const uid = uidOf(object);
    if (type !== "Deleted") {
      this.#present.add(uid);
      return;
    }
    this.#present.delete(uid);
    this.#gone.push(object);
  }

  /** Whether the object with this uid is there. */
  has(uid: string): boolean {
    return this.#present.has(uid);
  }

  /** What is not there any more, as it was last. */
  get gone(): readonly JsonObject[] {
    return this.#gone;
  }
}
