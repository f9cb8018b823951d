import { type Severity } from "./view.js";
import { type Asymmetric, type WantedText } from "./wanted.js";

export { toCompose } from "./to-compose.js";
export { toDelete } from "./to-delete.js";
export { toHaveReady } from "./to-have-ready.js";
export { toHaveResult } from "./to-have-result.js";
export { toKeep } from "./to-keep.js";
export { toPublishSecret } from "./to-publish-secret.js";
export { toWaitFor } from "./to-wait-for.js";

/** What the matchers add to `expect`. */
export interface Matchers<R = void> {
  /** Something is desired under a composition resource name, with these fields. What is given is a part of it. */
  toCompose(key: string, partial?: object): R;
  /** Something waits, or what has this composition resource name does, for what the text says. */
  toWaitFor(what: WantedText, key?: string): R;
  /** All of these are of use. With `not`: none of them is. */
  toHaveReady(keys: string | readonly string[]): R;
  /** There is such a result. The PipelineFatal that `render` rejects with has those that were said before it. */
  toHaveResult(severity: Severity, message?: WantedText): R;
  /** Exactly these are let go of. With `not`: none of them is. */
  toDelete(...keys: readonly string[]): R;
  /** A Secret of this composition resource name or metadata.name has exactly these keys, each with a value. */
  toPublishSecret(name: string, keys?: readonly string[] | Asymmetric): R;
  /** What exists keeps what it was last told. */
  toKeep(key: string): R;
}
