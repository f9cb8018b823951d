import {
  annotationsOf,
  isObject,
  labelsOf,
  nameOf,
  namespaceOf,
  textAt,
  valueAt,
  withTexts,
} from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Propagation } from "../api/client.js";
import { CROSSPLANE, type PromptClient } from "./cluster-of.js";
import { findUsages } from "./find-usages.js";

/** The label of what is used. */
export const IN_USE = "crossplane.io/in-use";
/** How somebody wanted to delete what is in use. */
export const DELETION_ATTEMPT = "usage.crossplane.io/deletion-attempt-with-policy";

/**
 * The webhook that refuses to delete what is in use, and notes that somebody wanted to (crossplane, Handler of
 * webhook/protection/usage/handler.go; cluster/webhookconfigurations/usage.yaml). Returns what the API server says then;
 * undefined where the object may go. What Crossplane's own webhook refuses has the code of a conflict.
 */
export function usageGuard(
  client: PromptClient,
): (object: JsonObject, propagation?: Propagation) => string | undefined {
  return (object, propagation = "Background") => {
    if (labelsOf(object)[IN_USE] !== "true") return undefined;
    const usages = findUsages(client, object);
    const [first] = usages;
    if (first === undefined) return undefined;
    if (annotationsOf(object)[DELETION_ATTEMPT] !== propagation) {
      client.update(withTexts(object, "annotations", { [DELETION_ATTEMPT]: propagation }), { manager: CROSSPLANE });
    }
    return `admission webhook "nousages.protection.crossplane.io" denied the request: ${message(first, usages.length)}`;
  };
}

function message(usage: JsonObject, count: number): string {
  const quoted = JSON.stringify(nameOf(usage));
  const namespace = namespaceOf(usage);
  const name = namespace === "" ? quoted : `${quoted} (in namespace ${JSON.stringify(namespace)})`;
  const held = `This resource is in-use by ${count} usage(s), including the *v1beta1.${textAt(usage, ["kind"])} ${name}`;
  const by = valueAt(usage, ["spec", "by"]);
  if (isObject(by)) return `${held} by resource ${textAt(by, ["kind"])}/${textAt(by, ["resourceRef", "name"])}.`;
  const reason = textAt(usage, ["spec", "reason"]);
  return reason === "" ? `${held}.` : `${held} with reason: ${JSON.stringify(reason)}.`;
}
