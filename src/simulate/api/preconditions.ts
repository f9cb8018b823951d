import { nameOf, uidOf } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Kind } from "./kind.js";
import { versionOf } from "./object-state.js";
import { invalid, otherUid, outdated } from "./refusals.js";

/** Refuses an update of another object, of another version of it, and of none where the kind asks for one. */
export function expectVersion(kind: Kind, object: JsonObject, live: JsonObject): void {
  expectSame(kind, object, live);
  if (versionOf(object) !== "" || kind.isUnconditional) return;
  throw invalid(object, [{ path: "metadata.resourceVersion", message: "must be specified for an update" }]);
}

/** Refuses a write that names another object, or another version of it. */
export function expectSame(kind: Kind, object: JsonObject, live: JsonObject): void {
  const name = nameOf(live);
  const uid = uidOf(object);
  if (uid !== "" && uid !== uidOf(live)) throw otherUid(kind, name, uid, uidOf(live));
  const version = versionOf(object);
  if (version !== "" && version !== versionOf(live)) throw outdated(kind, name);
}
