import { hash as digest } from "node:crypto";
import { type Resource } from "./resource.js";

const LIMIT = 63;
const HASH = 12;

/**
 * The name that Crossplane v2 gives to what an XR composes under a composition resource name, so that references can be
 * written before anything exists.
 */
export function composedName(xr: Resource, key: string): string {
  const { name = "", labels, uid = "" } = xr.metadata ?? {};
  return childName(labels?.["crossplane.io/composite"] || name, uid, key);
}

/**
 * A name of at most 63 characters, which ends in a hash of the parent's uid and of what distinguishes its children
 * (crossplane internal/names.ChildName).
 *
 * @param prefix with a dash at its end, or without
 */
export function childName(prefix: string, uid: string, key: string): string {
  const start = prefix === "" || prefix.endsWith("-") ? prefix : `${prefix}-`;
  const hash = digest("sha256", `${uid}${key}`).slice(0, HASH);
  if (start.length + HASH <= LIMIT) return start + hash;
  const cut = start.slice(0, LIMIT - HASH);
  return cut.endsWith("-") ? cut + hash : `${cut.slice(0, -1)}-${hash}`;
}
