import { createHash } from "node:crypto";
import { type Resource } from "./resource.js";

const LIMIT = 63;
const HASH = 12;

/**
 * The name that Crossplane v2 gives to what an XR composes under a composition resource name, so that references can be
 * written before anything exists (crossplane internal/names.ChildName): a prefix, and a hash of the XR's uid and the key.
 */
export function composedName(xr: Resource, key: string): string {
  const { name = "", labels, uid = "" } = xr.metadata ?? {};
  const prefix = `${labels?.["crossplane.io/composite"] || name}-`;
  const hash = createHash("sha256").update(`${uid}${key}`).digest("hex").slice(0, HASH);
  if (prefix.length + HASH <= LIMIT) return prefix + hash;
  const cut = prefix.slice(0, LIMIT - HASH);
  return cut.endsWith("-") ? cut + hash : `${cut.slice(0, -1)}-${hash}`;
}
