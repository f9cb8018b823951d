import { parseGVK } from "../../render/unstructured.js";
import { type Subject } from "./happening.js";

/** The same for two subjects that are the same object, whatever version they were read in. */
export function identityOf({ apiVersion, kind, namespace, name }: Subject): string {
  return JSON.stringify([parseGVK(apiVersion, kind).group, kind, namespace, name]);
}

/**
 * The same for two subjects that are the same part of an XR: a composed object that was deleted and made again under another
 * name. Of what is not composed the same as {@link identityOf}.
 */
export function partOf(subject: Subject): string {
  const { apiVersion, kind, namespace, resource, composite } = subject;
  if (resource === undefined || composite === undefined) return identityOf(subject);
  return JSON.stringify([parseGVK(apiVersion, kind).group, kind, namespace, composite, resource, "composed"]);
}

/** Whether an XR has composed something: what is in a namespace composes only there. */
export function isPartOf({ composite, namespace }: Subject, xr: Subject): boolean {
  return composite === `${xr.kind}/${xr.name}` && (xr.namespace === "" || xr.namespace === namespace);
}

/** What an object is called: `XBucket payments/receipts`. */
export function titleOf({ kind, namespace, name }: Subject): string {
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
}
