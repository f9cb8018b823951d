import { type JsonObject, type JsonValue, type Schema } from "../wire/index.js";
import { type GVK, isObject, objectsAt, parseGVK, textAt, valueAt } from "./unstructured.js";

export interface RequiredSchema {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The schema of a kind, references filled in, from OpenAPI v3 documents such as the API server has below
 * `/openapi/v3`; without `openapiV3` where none of them has it.
 *
 * @throws Error where a reference leads nowhere, or the apiVersion is none
 */
export function fetchSchema(documents: readonly JsonObject[], { apiVersion, kind }: RequiredSchema): Schema {
  const wanted = parseGVK(apiVersion, kind);
  if (apiVersion.split("/").length > 2) throw new Error(`cannot parse apiVersion ${JSON.stringify(apiVersion)}`);
  const document = documents.find((each) => groupVersions(each).some((gvk) => isSameVersion(gvk, wanted)));
  if (document === undefined) return {};
  const found = Object.entries(schemasOf(document)).find(([, schema]) => {
    // What belongs to several kinds, such as DeleteOptions, is the schema of none of them.
    const [gvk, ...more] = gvksOf(schema);
    return gvk !== undefined && more.length === 0 && isSameVersion(gvk, wanted) && gvk.kind === kind;
  });
  return found ? { openapiV3: populate(document, found[1], new Set([PREFIX + found[0]])) } : {};
}

const PREFIX = "#/components/schemas/";

/** The schema without references. One that refers to itself becomes an object of which nothing is said. */
function populate(document: JsonObject, schema: JsonObject, visited: ReadonlySet<string>): JsonObject {
  const ref = refOf(schema);
  if (ref !== undefined && visited.has(ref)) return { type: "object" };
  const below = ref === undefined ? visited : new Set([...visited, ref]);
  const resolved = ref === undefined ? schema : resolve(document, ref);
  const { properties, additionalProperties, items } = resolved;
  const child = (value: JsonValue) => (isObject(value) ? populate(document, value, below) : value);
  return {
    ...resolved,
    ...(isObject(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, child(value)])),
    }),
    ...(isObject(additionalProperties) && { additionalProperties: child(additionalProperties) }),
    ...(isObject(items) && { items: child(items) }),
  };
}

function resolve(document: JsonObject, ref: string): JsonObject {
  const name = ref.startsWith(PREFIX) ? ref.slice(PREFIX.length) : ref;
  const schemas = schemasOf(document);
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  if (schema === undefined) throw new Error(`cannot resolve the reference ${JSON.stringify(ref)} of a required schema`);
  return schema;
}

/** Kubernetes wraps a reference in `allOf` where it has something to say beside it. */
function refOf(schema: JsonObject): string | undefined {
  const ref = schema["$ref"];
  if (typeof ref === "string") return ref;
  return objectsAt(schema, ["allOf"])
    .map(refOf)
    .find((each) => each !== undefined);
}

function schemasOf(document: JsonObject): Readonly<Record<string, JsonObject>> {
  const schemas = valueAt(document, ["components", "schemas"]);
  return isObject(schemas)
    ? Object.fromEntries(Object.entries(schemas).filter((entry): entry is [string, JsonObject] => isObject(entry[1])))
    : {};
}

function groupVersions(document: JsonObject): readonly GVK[] {
  return Object.values(schemasOf(document)).flatMap(gvksOf);
}

function gvksOf(schema: JsonObject): readonly GVK[] {
  return objectsAt(schema, ["x-kubernetes-group-version-kind"]).map((gvk) => ({
    group: textAt(gvk, ["group"]),
    version: textAt(gvk, ["version"]),
    kind: textAt(gvk, ["kind"]),
  }));
}

function isSameVersion(a: GVK, b: GVK): boolean {
  return a.group === b.group && a.version === b.version;
}
