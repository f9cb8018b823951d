import { type Reader } from "../../render/cluster.js";
import { controllerOf } from "../../render/owners.js";
import { because } from "../../render/refusal.js";
import {
  isObject,
  nameOf,
  namespaceOf,
  parseGVK,
  textAt,
  textsAt,
  valueAt,
  withValue,
} from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

/**
 * A usage that names what its selectors select (crossplane, apiSelectorResolver of controller/protection/usage/selector.go);
 * the same object where nothing is left to select.
 *
 * @throws Error where nothing fits a selector, or there is none
 */
export function resolveUsage(usage: JsonObject, store: Pick<Reader, "list">): JsonObject {
  const sides = isObject(valueAt(usage, ["spec", "by"])) ? (["of", "by"] as const) : (["of"] as const);
  return sides.reduce((resolved, side) => {
    if (textAt(resolved, ["spec", side, "resourceRef", "name"]) !== "") return resolved;
    try {
      return withValue(resolved, ["spec", side, "resourceRef"], select(resolved, side, store));
    } catch (cause) {
      throw because(`cannot resolve selector at "spec.${side}.resourceSelector"`, cause);
    }
  }, usage);
}

function select(usage: JsonObject, side: "of" | "by", store: Pick<Reader, "list">): JsonObject {
  const resource = valueAt(usage, ["spec", side]);
  const selector = isObject(resource) ? resource["resourceSelector"] : undefined;
  if (!isObject(resource) || !isObject(selector)) throw new Error("no selector defined for resolving");
  const kind = textAt(resource, ["kind"]);
  const labels = textsAt(selector, ["matchLabels"]);
  const namespace = textAt(selector, ["namespace"]) || namespaceOf(usage);
  const fitting = store.list(parseGVK(textAt(resource, ["apiVersion"]), kind), namespace, labels);
  const none = `no ${JSON.stringify(kind)} found matching labels: ${quoted(labels)}`;
  if (fitting.length === 0) throw new Error(none);
  const mustMatch = selector["matchControllerRef"] === true;
  const controller = controllerOf(usage);
  const found = fitting.find((each) => !mustMatch || (controller !== undefined && controllerOf(each) === controller));
  if (found === undefined) throw new Error(`${none} and with same controller reference`);
  const isElsewhere = namespaceOf(found) !== namespaceOf(usage);
  return { name: nameOf(found), ...(isElsewhere && { namespace: namespaceOf(found) }) };
}

/** As Go writes a map. */
function quoted(labels: Readonly<Record<string, string>>): string {
  const entries = Object.entries(labels).map(([label, value]) => `${JSON.stringify(label)}:${JSON.stringify(value)}`);
  return `map[${entries.sort().join(" ")}]`;
}
