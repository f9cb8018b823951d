import fc from "fast-check";
import { type AdmittingCRD } from "../../src/admission/index.js";
import { type OpenAPI } from "../../src/schema/openapi.js";

type Path = readonly (string | number)[];

/**
 * Objects of a version of a CRD. About half are as `values` makes them, which is what the schema asks for beside
 * apiVersion, kind and metadata; the others are odd in one place.
 */
export function objectsOf(
  { spec }: AdmittingCRD,
  version: AdmittingCRD["spec"]["versions"][number],
  values: (schema: OpenAPI) => fc.Arbitrary<unknown>,
): fc.Arbitrary<object> {
  const { properties = {}, ...schema } = version.schema?.openAPIV3Schema ?? {};
  const { apiVersion: _, kind: __, metadata: ___, status: ____, ...own } = properties;
  const head = { apiVersion: `${spec.group}/${version.name}`, kind: spec.names.kind };
  const whole = fc
    .tuple(values({ ...schema, properties: own }), fc.constantFrom(...METADATA))
    .map(([fields, metadata]) => JSON.parse(JSON.stringify({ ...head, metadata, ...(fields as object) })) as object);
  const odd = fc.tuple(whole, fc.nat(), fc.nat()).map(([object, place, change]) => oddIn(object, place, change));
  return fc.oneof(whole, odd).filter((object) => isJudged(version.schema?.openAPIV3Schema, object));
}

const METADATA = [
  { name: "receipts" },
  { name: "a.b-c", labels: { app: "a", "example.org/team": "" }, annotations: { "Example.org/Note": "é" } },
  { generateName: "receipts-", finalizers: ["example.org/keep"], creationTimestamp: null },
];

/** What stands in the place of something else. The last of them are for metadata above all. */
const STRANGE: readonly unknown[] = [
  null,
  "",
  "x",
  "ä😀",
  0,
  -1,
  1.5,
  2 ** 53,
  1e300,
  70_000,
  true,
  [],
  ["a", "a"],
  [null],
  {},
  { a: null },
  "a".repeat(70),
  "2024-02-30",
  "1 hour",
  "n*8=",
  "A_b",
  "-a",
  { "a/b/c": "" },
  { a: 1 },
  { "-": "x" },
  { a: "not a value" },
  [{ apiVersion: "v1", kind: "Secret", name: "a", uid: "" }],
  "2024-01-01T00:00:00Z",
];

const METADATA_FIELDS = [
  "name",
  "generateName",
  "labels",
  "annotations",
  "finalizers",
  "ownerReferences",
  "generation",
];

function oddIn(object: object, place: number, change: number): object {
  const copy = structuredClone(object);
  const paths = [...pathsIn(object)];
  if (change % 7 === 0) {
    const field = METADATA_FIELDS[place % METADATA_FIELDS.length] ?? "";
    return replaced(copy, ["metadata", field], strange(change));
  }
  const path = paths[place % paths.length] ?? [];
  switch (change % 5) {
    case 0:
      return without(copy, path);
    case 1:
      return replaced(copy, [...inMap(path, paths).slice(0, -1), "unknownField"], { a: [1] });
    case 2:
      return repeated(copy, path, paths);
    default:
      return replaced(copy, path, strange(change));
  }
}

const strange = (change: number) => STRANGE[Math.floor(change / 35) % STRANGE.length];

/** The second item of some list is its first once more; where no list has items, the object stays as it is. */
function repeated(object: object, from: Path, paths: readonly Path[]): object {
  const start = paths.indexOf(from);
  const path = [...paths.slice(start), ...paths.slice(0, start)].find((each) => each.at(-1) === 0);
  if (!path) return object;
  const list = at(object, path.slice(0, -1)) as unknown[];
  list.push(structuredClone(list[0]));
  return object;
}

/** The first place from one on that has a name: JSON has no fields of lists. */
function inMap(from: Path, paths: readonly Path[]): Path {
  const start = paths.indexOf(from);
  return [...paths.slice(start), ...paths.slice(0, start)].find((each) => typeof each.at(-1) === "string") ?? [];
}

/** Every place in an object but what it is, which decides who judges it. */
function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (path.length === 0 && (key === "apiVersion" || key === "kind")) continue;
    yield* pathsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function at(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function replaced(object: object, path: Path, value: unknown): object {
  const parent = at(object, path.slice(0, -1)) as Record<string | number, unknown>;
  if (typeof parent === "object" && parent !== null) parent[path.at(-1) ?? ""] = value;
  return object;
}

function without(object: object, path: Path): object {
  const parent = at(object, path.slice(0, -1));
  const last = path.at(-1) ?? "";
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<string | number, unknown>)[last];
  return object;
}

/** The API server lets a list pass where a text of some format is asked for; admit, on purpose, does not. */
function isJudged(schema: OpenAPI | undefined, value: unknown): boolean {
  if (schema?.format !== undefined && schema.type === "string" && Array.isArray(value)) return false;
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) =>
    isJudged(Array.isArray(value) ? schema?.items : (schema?.properties?.[key] ?? schema?.additionalProperties), inner),
  );
}
