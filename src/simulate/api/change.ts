import { type JsonObject } from "../../wire/index.js";

/** A change of an object, as whoever watches sees it. */
export interface Change {
  readonly type: "Added" | "Modified" | "Deleted";
  /** The object as it is now; as it was last, where it was deleted. */
  readonly object: JsonObject;
  /** The object as it was before; undefined where it was added. */
  readonly before: JsonObject | undefined;
  /** Who did it: the field manager, or `garbage-collector`. */
  readonly manager: string;
}
