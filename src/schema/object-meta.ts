import { isDNSLabel, isDNSSubdomain } from "./dns-name.js";
import { isDateTime } from "./format-time.js";
import { isInteger, isRecord } from "./json.js";
import { entry, field } from "./path.js";
import { type Problem, show } from "./problem.js";
import { remembered } from "./remembered.js";

/**
 * The metadata of an object as the API server reads it (meta/v1 ObjectMeta): unknown fields go, and null is as if it
 * were not there. What has another type than it should stays; see {@link metaProblems}.
 *
 * @param pruned gets the paths of the fields that went
 */
export function readMeta(metadata: unknown, path: string, pruned: string[]): unknown {
  return metadata === null ? {} : read(META, metadata, path, pruned);
}

/** What the API server refuses in metadata, but for what it asks of the names of one kind or another. */
export function metaProblems(metadata: unknown, path: string): readonly Problem[] {
  const problems: Problem[] = [];
  findMistyped(META, metadata, path, problems);
  if (problems.length > 0 || !isRecord(metadata)) return problems;
  const { annotations, finalizers, labels, namespace, ownerReferences } = metadata as ObjectMeta;
  return [
    ...(namespace ? wrongNamespace(namespace, field(path, "namespace")) : []),
    ...Object.entries(labels ?? {}).flatMap(([key, value]) => wrongLabel(key, value ?? "", field(path, "labels"))),
    ...wrongAnnotations(annotations ?? {}, field(path, "annotations")),
    ...wrongOwners(ownerReferences ?? [], field(path, "ownerReferences")),
    ...(finalizers ?? []).flatMap((name, index) => wrongKey(name ?? "", entry(field(path, "finalizers"), index))),
    ...conflict(finalizers ?? [], field(path, "finalizers")),
  ];
}

interface ObjectMeta {
  readonly annotations?: Readonly<Record<string, string | null>> | null;
  readonly finalizers?: readonly (string | null)[] | null;
  readonly labels?: Readonly<Record<string, string | null>> | null;
  readonly namespace?: string | null;
  readonly ownerReferences?: readonly (Owner | null)[] | null;
}

interface Owner {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly controller?: boolean;
}

type Type =
  | "boolean"
  | "integer"
  | "string"
  | "time"
  | "anything"
  | { readonly map: Type }
  | { readonly list: Type }
  | { readonly fields: Readonly<Record<string, Type>> };

const OWNER: Type = {
  fields: {
    apiVersion: "string",
    kind: "string",
    name: "string",
    uid: "string",
    controller: "boolean",
    blockOwnerDeletion: "boolean",
  },
};

const META: Type = {
  fields: {
    name: "string",
    generateName: "string",
    namespace: "string",
    selfLink: "string",
    uid: "string",
    resourceVersion: "string",
    generation: "integer",
    creationTimestamp: "time",
    deletionTimestamp: "time",
    deletionGracePeriodSeconds: "integer",
    labels: { map: "string" },
    annotations: { map: "string" },
    ownerReferences: { list: OWNER },
    finalizers: { list: "string" },
    managedFields: { list: { map: "anything" } },
  },
};

function read(type: Type, value: unknown, path: string, pruned: string[]): unknown {
  if (typeof type === "string") return value;
  if ("list" in type) {
    if (!Array.isArray(value) || !isStruct(type.list)) return value;
    const items = value.map((item, index) => read(type.list, item, entry(path, index), pruned));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isRecord(value) || "map" in type) return value;
  const kept: Record<string, unknown> = {};
  let isSame = true;
  for (const [key, inner] of Object.entries(value)) {
    const known = Object.hasOwn(type.fields, key) ? type.fields[key] : undefined;
    const isThere = inner !== undefined && inner !== null;
    if (isThere && !known) pruned.push(field(path, key));
    const next = isThere && known ? read(known, inner, field(path, key), pruned) : undefined;
    isSame &&= next === inner && next !== undefined;
    if (next !== undefined) kept[key] = next;
  }
  return isSame ? value : kept;
}

function isStruct(type: Type): boolean {
  return typeof type !== "string" && "fields" in type;
}

function findMistyped(type: Type, value: unknown, path: string, problems: Problem[]): void {
  if (value === null || value === undefined || type === "anything") return;
  if (typeof type === "string") {
    if (!is(type, value)) problems.push({ path, message: `must be ${WORDS[type]}, not ${show(value)}` });
    return;
  }
  if ("list" in type) {
    if (!Array.isArray(value)) problems.push({ path, message: `must be a list, not ${show(value)}` });
    else for (const [index, item] of value.entries()) findMistyped(type.list, item, entry(path, index), problems);
    return;
  }
  if (!isRecord(value)) {
    problems.push({ path, message: `must be an object, not ${show(value)}` });
    return;
  }
  if ("map" in type) {
    if (type.map === "anything") return;
    for (const key of Object.keys(value)) findMistyped(type.map, value[key], entry(path, key), problems);
    return;
  }
  for (const key of Object.keys(value)) {
    const known = Object.hasOwn(type.fields, key) ? type.fields[key] : undefined;
    if (known) findMistyped(known, value[key], field(path, key), problems);
  }
}

const WORDS = {
  boolean: "a boolean",
  integer: "an integer",
  string: "a string",
  time: "a time such as 2024-02-29T12:00:00Z",
} as const;

function is(type: keyof typeof WORDS, value: unknown): boolean {
  if (type === "integer") return isInteger(value);
  if (type === "time") return typeof value === "string" && isDateTime(value) && !/[tz]/.test(value);
  return typeof value === type;
}

function wrongNamespace(name: string, path: string): readonly Problem[] {
  if (isDNSLabel(name) && name.length <= 63) return [];
  const message = `must be lower-case letters, digits and -, begin and end with a letter or digit, and have at most 63 characters, not ${show(name)}`;
  return [{ path, message }];
}

const NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** What labels, annotations and finalizers are called: a name, and before it a DNS subdomain and a slash or neither. */
function wrongKey(key: string, path: string): readonly Problem[] {
  if (isKey(key)) return [];
  const message = `must be named by letters, digits, -, _ and ., at most 63 of them, after a DNS name and / or not, not ${show(key)}`;
  return [{ path, message }];
}

const isKey = remembered((key) => {
  const [name = "", prefix, ...more] = key.split("/").reverse();
  const fits = name.length <= 63 && NAME.test(name) && (prefix === undefined || isDNSSubdomain(prefix));
  return fits && more.length === 0;
});

function wrongLabel(key: string, value: string, path: string): readonly Problem[] {
  const wrong = wrongKey(key, path);
  if (value === "" || (value.length <= 63 && NAME.test(value))) return wrong;
  const message = `must be letters, digits, -, _ and ., begin and end with a letter or digit, and have at most 63 characters, not ${show(value)}`;
  return [...wrong, { path: entry(path, key), message }];
}

const LARGEST_ANNOTATIONS = 256 * 1024;

function wrongAnnotations(annotations: Readonly<Record<string, string | null>>, path: string): readonly Problem[] {
  const sizes = Object.entries(annotations).map(
    ([key, value]) => Buffer.byteLength(key) + Buffer.byteLength(value ?? ""),
  );
  const size = sizes.reduce((sum, each) => sum + each, 0);
  return [
    ...Object.keys(annotations).flatMap((key) => wrongKey(key.toLowerCase(), path)),
    ...(size > LARGEST_ANNOTATIONS
      ? [{ path, message: `must have at most ${LARGEST_ANNOTATIONS} bytes in all, not ${size}` }]
      : []),
  ];
}

function wrongOwners(owners: readonly (Owner | null)[], path: string): readonly Problem[] {
  const wrong = owners.flatMap((owner, index) => wrongOwner(owner ?? {}, entry(path, index)));
  const controllers = owners.filter((owner) => owner?.controller === true);
  if (controllers.length < 2) return wrong;
  return [...wrong, { path, message: "must not have more than one owner that is the controller" }];
}

function wrongOwner(owner: Owner, path: string): readonly Problem[] {
  const missing = (["apiVersion", "kind", "name", "uid"] as const)
    .filter((key) => !owner[key])
    .map((key) => ({ path: field(path, key), message: "is required" }));
  const { apiVersion = "", kind } = owner;
  if (apiVersion.endsWith("/"))
    return [...missing, { path: field(path, "apiVersion"), message: "must have a version" }];
  return apiVersion === "v1" && kind === "Event" ? [...missing, { path, message: "must not be an Event" }] : missing;
}

function conflict(finalizers: readonly (string | null)[], path: string): readonly Problem[] {
  if (!finalizers.includes("orphan") || !finalizers.includes("foregroundDeletion")) return [];
  return [{ path, message: "must not have both orphan and foregroundDeletion" }];
}
