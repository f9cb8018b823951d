import { type GVK, gvkOf, nameOf, namespaceOf } from "../render/unstructured.js";
import { type JsonObject } from "../wire/index.js";

/** What a key stands for. */
export interface ObjectKey {
  readonly gvk: GVK;
  readonly namespace: string;
  readonly name: string;
}

/** The key of an object in a controller's queue. Default for the kind: the object's own. */
export function keyOf(object: JsonObject, gvk: GVK = gvkOf(object)): string {
  return writeKey({ gvk, namespace: namespaceOf(object), name: nameOf(object) });
}

export function writeKey({ gvk: { group, version, kind }, namespace, name }: ObjectKey): string {
  return [group, version, kind, namespace, name].join("/");
}

/** The same for two that are the same object, whatever version they were read in. */
export function identityOf(object: JsonObject): string {
  return keyOf(object, { ...gvkOf(object), version: "" });
}

export function readKey(key: string): ObjectKey {
  const [group = "", version = "", kind = "", namespace = "", name = ""] = key.split("/");
  return { gvk: { group, version, kind }, namespace, name };
}
