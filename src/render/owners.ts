import { type JsonObject } from "../wire/index.js";
import { isObject, nameOf, textAt, uidOf, valueAt, withValue } from "./unstructured.js";

const OWNERS = ["metadata", "ownerReferences"];

/** The uid of an object's controller; undefined if it has none. */
export function controllerOf(object: JsonObject): string | undefined {
  const owner = ownersOf(object).find(({ controller }) => controller === true);
  return owner && textAt(owner, ["uid"]);
}

/**
 * The object with an XR as its controller, beside the owners that it has.
 *
 * @throws Error if something else controls it
 */
export function withController(object: JsonObject, xr: JsonObject): JsonObject {
  const controller = controllerOf(object);
  if (controller !== undefined && controller !== uidOf(xr)) {
    const { kind, name } = ownersOf(object).find((owner) => owner["controller"] === true) ?? {};
    throw new Error(
      `cannot set controller reference: ${nameOf(object)} is already controlled by ${kind} ${name} (UID ${controller})`,
    );
  }
  const owner = controllerReference(xr);
  const owners = ownersOf(object).map(known);
  const index = owners.findIndex(({ uid }) => uid === owner.uid);
  return withValue(object, OWNERS, index < 0 ? [...owners, owner] : owners.with(index, owner));
}

/** The reference of what an object controls to it. */
export function controllerReference(controller: JsonObject) {
  return { ...ownerReference(controller), controller: true, blockOwnerDeletion: true };
}

export function ownerReference(owner: JsonObject) {
  return {
    apiVersion: textAt(owner, ["apiVersion"]),
    kind: textAt(owner, ["kind"]),
    name: nameOf(owner),
    uid: uidOf(owner),
  };
}

/** None where something in the list is no reference. */
export function ownersOf(object: JsonObject): readonly JsonObject[] {
  const owners = valueAt(object, OWNERS);
  return Array.isArray(owners) && owners.every(isObject) ? owners : [];
}

/** An owner reference with the fields that Kubernetes knows. */
function known(owner: JsonObject): JsonObject {
  const flags = ["controller", "blockOwnerDeletion"].filter((flag) => typeof owner[flag] === "boolean");
  return {
    ...Object.fromEntries(["apiVersion", "kind", "name", "uid"].map((field) => [field, textAt(owner, [field])])),
    ...Object.fromEntries(flags.map((flag) => [flag, owner[flag] ?? false])),
  };
}
