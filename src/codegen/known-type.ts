import { type OpenAPI } from "../schema/index.js";
import { type RuntimeSymbol } from "./runtime-imports.js";

/** A type of the runtime that stands for a schema. */
export interface KnownType {
  readonly symbol: RuntimeSymbol;
  readonly text: string;
}

/**
 * Recognises by a field's name and shape what Crossplane's managed resources have in common: references, selectors,
 * keys of Secrets and conditions. What a reference refers to stands in its description alone. For a list (of
 * references) ask with the schema of its items.
 */
export function knownType(field: string, description: string | undefined, schema: OpenAPI): KnownType | undefined {
  const properties = Object.keys(schema.properties ?? {});
  const has = (required: readonly string[], optional: readonly string[]) =>
    required.every((key) => properties.includes(key)) &&
    properties.every((key) => required.includes(key) || optional.includes(key));
  if (/Refs?$/.test(field) && has(["name", "policy"], ["namespace"])) {
    const target = targetOf(description);
    return { symbol: "Ref", text: target ? `Ref<${JSON.stringify(target)}>` : "Ref" };
  }
  if (/Selector$/.test(field) && has(["matchControllerRef", "matchLabels"], ["namespace", "policy"])) {
    return { symbol: "Selector", text: "Selector" };
  }
  const needsNamespace = schema.required?.includes("namespace") ?? false;
  if (/SecretRefs?$/i.test(field) && has(["name", "key"], ["namespace"]) && !needsNamespace) {
    return { symbol: "SecretKey", text: "SecretKey" };
  }
  if (field === "conditions" && has(["type", "status"], CONDITION_FIELDS)) {
    return { symbol: "Condition", text: "Condition" };
  }
  return undefined;
}

const CONDITION_FIELDS = ["reason", "message", "lastTransitionTime", "observedGeneration"];

/** `s3.Bucket`, of "Reference to a Bucket in s3 to populate bucket." */
function targetOf(description: string | undefined): string | undefined {
  const text = (description ?? "").replace(/\s+/g, " ");
  const [, kind, group] = /^References? to (?:an? )?(\w+) in ([\w-]+) to populate /.exec(text) ?? [];
  return kind && group && `${group}.${kind}`;
}
