import { isObject } from "../../render/unstructured.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";

/** One field that is taken from other objects, as it stands in an object. */
export interface ReferenceFields {
  /** What the fields begin with: `bucket` of `bucketRef` and `bucketSelector`. */
  readonly stem: string;
  /** `bucketRef` or `subnetIdRefs`. */
  readonly refField: string;
  readonly isMany: boolean;
  readonly refs: readonly JsonObject[];
  readonly selector: JsonObject | undefined;
}

/** Whether a field refers to other objects, and is nothing that a cloud is told. */
export function isReferenceField(field: string, value: JsonValue | undefined): boolean {
  return isRef(field, value) || isRefs(field, value) || isSelector(field, value);
}

/** The references in the fields of an object, not in those below. */
export function referenceFieldsOf(object: JsonObject, known: readonly string[]): readonly ReferenceFields[] {
  const stems = new Set<string>();
  for (const [field, value] of Object.entries(object)) {
    if (isReferenceField(field, value)) stems.add(field.replace(/(Refs?|Selector)$/, ""));
  }
  return [...stems].map((stem) => {
    const [one, many, selector] = [object[`${stem}Ref`], object[`${stem}Refs`], object[`${stem}Selector`]];
    const isMany = many !== undefined || (one === undefined && known.includes(`${stem}Refs`));
    const refs = isMany ? (Array.isArray(many) ? many.filter(isObject) : []) : isObject(one) ? [one] : [];
    return {
      stem,
      refField: isMany ? `${stem}Refs` : `${stem}Ref`,
      isMany,
      refs,
      selector: isObject(selector) ? selector : undefined,
    };
  });
}

const isRef = (field: string, value: JsonValue | undefined) => /.Ref$/.test(field) && isReference(value);

const isRefs = (field: string, value: JsonValue | undefined) =>
  /.Refs$/.test(field) && Array.isArray(value) && value.every(isReference);

const isSelector = (field: string, value: JsonValue | undefined) =>
  /.Selector$/.test(field) && isObject(value) && Object.keys(value).every((key) => SELECTOR.includes(key));

const SELECTOR = ["matchControllerRef", "matchLabels", "namespace", "policy"];

const REFERENCE = ["name", "namespace", "policy"];

/** What says more, such as a key, refers to a Secret or to something else that is not for a provider to resolve. */
function isReference(value: JsonValue | undefined): boolean {
  if (!isObject(value) || typeof value["name"] !== "string") return false;
  return Object.keys(value).every((key) => REFERENCE.includes(key));
}

/** Whether a value is a manifest, whose references are Kubernetes' own. */
export function isManifest(value: JsonObject): boolean {
  return typeof value["apiVersion"] === "string" && typeof value["kind"] === "string";
}
