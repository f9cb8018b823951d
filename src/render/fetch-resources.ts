import { type JsonObject, Ready, type ResourceSelector, type Resources } from "../wire/index.js";
import { type Reader } from "./cluster.js";
import { parseGVK } from "./unstructured.js";

/** Objects of one kind: one by name, those with labels, or all. */
export interface RequiredResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Default: no namespace for a name, all of them for labels. */
  readonly namespace?: string;
}

/** What is required, as Crossplane looks it up; undefined where what is named is not there. */
export function fetchResources(store: Reader, required: RequiredResource): Resources | undefined {
  const { apiVersion, kind, name, labels = {}, namespace = "" } = required;
  const gvk = parseGVK(apiVersion, kind);
  if (name === undefined) return { items: store.list(gvk, namespace, labels).map(item) };
  const found = store.get(gvk, namespace, name);
  return found && { items: [item(found)] };
}

/** What a selector of the wire requires. */
export function required({ apiVersion, kind, matchName, matchLabels, namespace }: ResourceSelector): RequiredResource {
  return {
    apiVersion,
    kind,
    ...(matchName !== undefined && { name: matchName }),
    ...(matchLabels !== undefined && { labels: matchLabels.labels }),
    ...(namespace !== undefined && { namespace }),
  };
}

function item(resource: JsonObject) {
  return { resource, connectionDetails: {}, ready: Ready.Unspecified };
}
