import { isObject } from "../../render/unstructured.js";
import { equal } from "../../schema/json.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";

/**
 * The paths of the fields in which two versions of an object ask for something else, such as `spec.forProvider.tags.team`. What
 * Kubernetes and Crossplane keep for themselves is passed over, and so is status.
 */
export function changedFields(before: JsonObject, after: JsonObject): readonly string[] {
  return differences(asked(before), asked(after), []).map((path) => path.join("."));
}

/** What an object asks for. */
function asked({ status: _, metadata, spec, ...rest }: JsonObject): JsonObject {
  const { labels, annotations } = isObject(metadata) ? metadata : {};
  return {
    ...rest,
    metadata: { labels: withoutOwn(labels), annotations: withoutOwn(annotations) },
    ...(isObject(spec) ? { spec: without(spec, CROSSPLANES) } : spec !== undefined && { spec }),
  };
}

/** Fields of an XR's or a claim's spec that Crossplane writes. */
const CROSSPLANES = [
  "crossplane",
  "resourceRefs",
  "resourceRef",
  "claimRef",
  "compositionRef",
  "compositionRevisionRef",
];

function withoutOwn(texts: JsonValue | undefined): JsonObject {
  if (!isObject(texts)) return {};
  const kept = Object.entries(texts).filter(
    ([key]) => !/^([^/]*\.)?(crossplane|kubernetes)\.io\//.test(key) || KEPT.has(key),
  );
  return Object.fromEntries(kept);
}

/** Annotations of Crossplane's that somebody asks for. */
const KEPT = new Set(["crossplane.io/external-name", "crossplane.io/paused"]);

function without(object: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !fields.includes(key)));
}

function differences(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: readonly string[],
): readonly (readonly string[])[] {
  if (equal(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [path];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differences(before[key], after[key], [...path, key]));
}
