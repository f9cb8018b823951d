import { createHash } from "node:crypto";
import { type Resource } from "../resource/resource.js";

/**
 * The uid that `crossplane render` gives an XR that has none (UUIDv5 in the nil namespace, of kind, namespace and name), so
 * that generated names come out the same.
 */
export function renderUid({ apiVersion, kind, metadata = {} }: Resource): string {
  const { namespace = "", name = "" } = metadata;
  const slash = apiVersion.indexOf("/");
  const gvk = `${apiVersion.slice(0, Math.max(slash, 0))}/${apiVersion.slice(slash + 1)}, Kind=${kind}`;
  return uuid5([gvk, namespace, name].join("\0"));
}

function uuid5(text: string): string {
  const nil = Buffer.alloc(16);
  const bytes = createHash("sha1").update(nil).update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
