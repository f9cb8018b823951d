import { type AdmittingCRD, type Definitions } from "../../admission/index.js";
import { maskSecrets } from "../../admission/mask-secrets.js";
import { gvkOf, nameOf, namespaceOf, withValue } from "../../render/unstructured.js";
import { admitResource, asResource } from "../../schema/admit-resource.js";
import { normalize } from "../../schema/normalize.js";
import { type Problem } from "../../schema/problem.js";
import { type RuleEvaluator } from "../../schema/rule.js";
import { type JsonObject } from "../../wire/index.js";
import { KNOWN_SHAPES, UNKNOWN_SHAPE } from "./fields/known-shapes.js";
import { type Shape } from "./fields/shape.js";
import { shapeOfSchema } from "./fields/shape-of-schema.js";
import { changeProblems, readNative } from "./native.js";
import { nullProblems } from "./null-problems.js";
import { metadataProblems, readMetadata, wrongMetadata } from "./object-metadata.js";

/** How an API server treats the objects of one version of a kind. */
export interface Kind {
  readonly shape: Shape;
  /** Such as `buckets.s3.aws.upbound.io`, for messages. */
  readonly resource: string;
  /** Whether status is written apart from the rest. */
  readonly hasStatus: boolean;
  readonly hasGeneration: boolean;
  /** Whether an update may leave the resourceVersion out. */
  readonly isUnconditional: boolean;
  /** An object as it is read: without what the schema does not know, and with defaults. */
  read(object: JsonObject): JsonObject;
  /** What comes of an object that is written, and why it would be refused. */
  admit(object: JsonObject, old?: Old): Admitted;
  /** The same of one that was applied. */
  admitApplied(object: JsonObject, old?: Old): Admitted;
}

/** What an object was before an update. */
export interface Old {
  readonly object: JsonObject;
  /** Whether it was admitted as it is by this very kind. */
  readonly isAdmitted: boolean;
}

export interface Admitted {
  readonly value: JsonObject;
  readonly problems: readonly Problem[];
}

/** Knows the kinds of objects: those of definitions, a few of Kubernetes' own, and how to treat all others. */
export class Kinds {
  readonly #definitions: Definitions | undefined;
  readonly #rules: RuleEvaluator | undefined;
  readonly #known = new Map<string, Kind>();

  constructor(definitions: Definitions | undefined, rules: RuleEvaluator | undefined) {
    this.#definitions = definitions;
    this.#rules = rules;
  }

  of(object: JsonObject): Kind {
    const key = `${String(object["apiVersion"])} ${String(object["kind"])}`;
    const known = this.#known.get(key);
    if (known) return known;
    const crd = this.#definitions?.crdOf(object);
    const kind = crd ? customKind(crd, object, this.#rules) : otherKind(key, object);
    this.#known.set(key, kind);
    return kind;
  }
}

function customKind(crd: AdmittingCRD, { apiVersion }: JsonObject, rules: RuleEvaluator | undefined): Kind {
  const { group, names, scope, versions } = crd.spec;
  const version = versions.find(({ name, served }) => apiVersion === `${group}/${name}` && served !== false);
  const schema = asResource(version?.schema?.openAPIV3Schema);
  const admit = (object: JsonObject, old?: Old): Admitted => {
    const placed = scope === "Cluster" ? withValue(object, ["metadata", "namespace"], undefined) : object;
    const before = old && { old: old.object, isOldAdmitted: old.isAdmitted };
    const { value, problems } = admitResource(crd, placed, { ...(rules && { rules }), ...before });
    const found = [
      ...(scope === "Namespaced" ? unplaced(placed) : []),
      ...problems,
      ...metadataProblems(placed, old?.object),
    ];
    const masked = found.length > 0 ? found.map(maskSecrets(schema, placed)) : found;
    return { value: readMetadata(value as JsonObject), problems: masked };
  };
  return {
    shape: shapeOfSchema(schema),
    resource: `${pluralOf(names)}.${group}`,
    hasStatus: typeof version?.subresources?.status === "object" && version.subresources.status !== null,
    hasGeneration: true,
    isUnconditional: false,
    read: (object) => readMetadata(normalize(schema, object, "").value as JsonObject),
    admit,
    admitApplied(object, old) {
      const { value, problems } = admit(object, old);
      return { value, problems: [...nullProblems(schema, object), ...problems] };
    },
  };
}

function otherKind(key: string, object: JsonObject): Kind {
  const shape = KNOWN_SHAPES[key];
  const { group, kind } = gvkOf(object);
  const plural = pluralOf({ kind });
  const read = (written: JsonObject) => readMetadata(shape ? readNative(written) : written);
  const admit = (written: JsonObject, old?: Old): Admitted => {
    const value = read(written);
    const placed = shape ? unplaced(value) : [];
    const changed = shape && old ? changeProblems(value, old.object) : [];
    const isKnown = old?.isAdmitted === true && value["metadata"] === old.object["metadata"];
    const metadata = isKnown ? [] : [...wrongMetadata(value), ...metadataProblems(value, old?.object)];
    return { value, problems: [...unnamed(value), ...placed, ...metadata, ...changed] };
  };
  return {
    shape: shape ?? UNKNOWN_SHAPE,
    resource: group === "" ? plural : `${plural}.${group}`,
    hasStatus: shape === undefined,
    hasGeneration: shape === undefined,
    isUnconditional: shape !== undefined,
    read,
    admit,
    admitApplied: admit,
  };
}

function unplaced(object: JsonObject): readonly Problem[] {
  return namespaceOf(object) === "" ? [{ path: "metadata.namespace", message: "is required" }] : [];
}

function unnamed(object: JsonObject): readonly Problem[] {
  return nameOf(object) === "" ? [{ path: "metadata.name", message: "is required" }] : [];
}

function pluralOf(names: { readonly kind: string; readonly plural?: unknown }): string {
  if (typeof names.plural === "string") return names.plural;
  const kind = names.kind.toLowerCase();
  if (/(?:s|x|ch|sh)$/.test(kind)) return `${kind}es`;
  return /[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
