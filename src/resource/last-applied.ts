import { type FieldsV1, type Metadata, type Resource } from "./resource.js";

/**
 * The intent that Crossplane last applied, read back from `metadata.managedFields`: applying it again changes nothing.
 *
 * Undefined where managedFields cannot say: no entry of this owner, one of another API version, or a field that is owned
 * and not there (half an intent would be applied as a removal). Left out are status and what Crossplane adds by itself:
 * the annotation and labels under crossplane.io, and owner references.
 *
 * @param owner the field manager; see {@link import("./field-owner.js").fieldOwner}
 */
export function lastApplied(observed: Resource, owner: string): Resource | undefined {
  const entries = (observed.metadata?.managedFields ?? []).filter((entry) => !entry.subresource);
  const mine = entries.find((entry) => entry.manager === owner && entry.operation === "Apply");
  if (!mine?.fieldsV1 || mine.apiVersion !== observed.apiVersion) return undefined;
  const others = entries.filter((entry) => entry !== mine).map((entry) => entry.fieldsV1 ?? {});
  const fields = withoutAdded(withoutStringData(mine.fieldsV1));
  const taken = take(observed, fields, others);
  if (taken === MISSING) return undefined;
  return asIntent(observed, taken as Record<string, unknown>);
}

/**
 * The intent that an observed object would be if everything in it had been asked for: the best there is where
 * {@link lastApplied} cannot say. Takes over what other managers own.
 */
export function observedIntent(observed: Resource): Resource {
  return asIntent(observed, observed as unknown as Record<string, unknown>);
}

function asIntent(observed: Resource, fields: Record<string, unknown>): Resource {
  const { apiVersion, kind } = observed;
  const { apiVersion: _, kind: __, metadata, status, ...rest } = fields;
  return { apiVersion, kind, metadata: asWritten(observed, metadata as Record<string, unknown> | undefined), ...rest };
}

const ADDED: Readonly<Record<string, readonly string[]>> = {
  annotations: ["crossplane.io/composition-resource-name"],
  labels: ["crossplane.io/composite", "crossplane.io/claim-name", "crossplane.io/claim-namespace"],
};

/** Crossplane keeps name and namespace whatever is desired; saying them makes the intent complete in itself. */
function asWritten({ metadata = {} }: Resource, fields: Record<string, unknown> = {}): Metadata {
  const { name, namespace } = metadata;
  const out: Record<string, unknown> = {
    ...(name !== undefined && { name }),
    ...(namespace !== undefined && { namespace }),
  };
  for (const [field, added] of Object.entries(ADDED)) {
    const written = Object.entries((fields[field] ?? {}) as object).filter(([key]) => !added.includes(key));
    if (written.length > 0) out[field] = Object.fromEntries(written);
  }
  if (Array.isArray(fields["finalizers"])) out["finalizers"] = fields["finalizers"];
  return out;
}

/**
 * A Secret's stringData is write-only: the API server moves its values to data and keeps the ownership where it was.
 * Read as data, which owns the same keys, the Secret is whole.
 */
function withoutStringData(fields: FieldsV1): FieldsV1 {
  const { "f:stringData": text, ...rest } = fields;
  return text ? { ...rest, "f:data": { ...rest["f:data"], ...text } } : fields;
}

/** What Crossplane adds is not part of the intent, so whether it is still there does not matter. */
function withoutAdded(fields: FieldsV1): FieldsV1 {
  const { "f:ownerReferences": _, ...owned } = fields["f:metadata"] ?? {};
  const metadata: Record<string, FieldsV1> = owned;
  for (const [field, added] of Object.entries(ADDED)) {
    const kept = Object.entries(metadata[`f:${field}`] ?? {}).filter(([key]) => !added.includes(key.slice(2)));
    if (kept.every(([key]) => key === ".")) delete metadata[`f:${field}`];
    else metadata[`f:${field}`] = Object.fromEntries(kept);
  }
  const { "f:metadata": __, ...rest } = fields;
  return Object.keys(metadata).length > 0 ? { ...rest, "f:metadata": metadata } : rest;
}

const MISSING = Symbol("a field that is owned and not there");

/** The part of `value` that `fields` covers. `others` are the same place in the other managers' fields. */
function take(value: unknown, fields: FieldsV1, others: readonly FieldsV1[]): unknown {
  const keys = Object.keys(fields).filter((key) => key !== ".");
  if (keys.length === 0) return "." in fields && isObject(value) ? empty(value) : leaf(value, others);
  if (Array.isArray(value)) return takeItems(value, keys, fields, others);
  if (!isObject(value)) return MISSING;
  const out: Record<string, unknown> = {};
  for (const key of keys) {
    const name = key.slice(2);
    if (!Object.hasOwn(value, name)) return MISSING;
    const taken = take((value as Record<string, unknown>)[name], fields[key] ?? {}, below(others, key));
    if (taken === MISSING) return MISSING;
    out[name] = taken;
  }
  return out;
}

function takeItems(
  value: readonly unknown[],
  keys: readonly string[],
  fields: FieldsV1,
  others: readonly FieldsV1[],
): unknown {
  const out: unknown[] = [];
  for (const [index, item] of value.entries()) {
    for (const key of keys.filter((key) => matches(key, item, index))) {
      const taken = take(item, fields[key] ?? {}, below(others, key));
      if (taken === MISSING) return MISSING;
      out.push(taken);
    }
  }
  return out.length === keys.length ? out : MISSING;
}

/** A scalar, an atomic list or map, or an empty map or list to which others have since added: theirs stay theirs. */
function leaf(value: unknown, others: readonly FieldsV1[]): unknown {
  if (!isObject(value)) return value;
  const shared = others.some((fields) => Object.keys(fields).some((key) => key !== "."));
  return shared ? empty(value) : value;
}

function matches(key: string, item: unknown, index: number): boolean {
  const rest = key.slice(2);
  if (key.startsWith("k:")) {
    return Object.entries(JSON.parse(rest) as object).every(([k, v]) => (item as Record<string, unknown>)?.[k] === v);
  }
  if (key.startsWith("v:")) return JSON.stringify(item) === JSON.stringify(JSON.parse(rest));
  return key === `i:${index}`;
}

function below(fields: readonly FieldsV1[], key: string): readonly FieldsV1[] {
  return fields.flatMap((f) => f[key] ?? []);
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const empty = (value: object) => (Array.isArray(value) ? [] : {});
