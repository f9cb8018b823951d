/**
 * A set of the fields of an object, as `fieldsV1` of managedFields writes it: `{}` is a field that is in the set, with
 * `"."` beside what is below it where that is in the set too. A set that is empty is undefined.
 *
 * Keys are `f:name`, `k:{"key":"value"}` for an item of a list by its keys, and `v:value` for an item of a set.
 */
export interface Fields {
  readonly [key: string]: Fields;
}

/** Whether the place itself is in the set, not only what is below it. */
export function isMember(fields: Fields | undefined): boolean {
  return fields !== undefined && (Object.hasOwn(fields, ".") || isLeaf(fields));
}

/** What is in the set below a place; undefined where nothing is. */
export function below(fields: Fields | undefined, key: string): Fields | undefined {
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** Whether there is something in the set below the place. */
export function hasBelow(fields: Fields | undefined): fields is Fields {
  if (fields === undefined) return false;
  for (const key in fields) if (key !== ".") return true;
  return false;
}

/** Collects what is below a place. */
export class FieldsBelow {
  #fields: Record<string, Fields> | undefined;

  add(key: string, fields: Fields | undefined): void {
    if (fields === undefined) return;
    this.#fields ??= {};
    this.#fields[key] = fields;
  }

  /** With the place itself, or without it. */
  end(withSelf: boolean): Fields | undefined {
    if (!withSelf) return this.#fields;
    return this.#fields ? { ".": LEAF, ...this.#fields } : LEAF;
  }
}

/** A place that is in the set, with nothing below it. */
export const LEAF: Fields = {};

export function union(a: Fields | undefined, b: Fields | undefined): Fields | undefined {
  if (a === undefined || a === b) return b;
  if (b === undefined) return a;
  return combine(a, b, (inA, inB) => inA || inB, union);
}

/** What is in `a` and not in `b`; `a` itself where that is all of it. What is below a place does not go with it. */
export function difference(a: Fields | undefined, b: Fields | undefined): Fields | undefined {
  if (a === undefined || b === undefined) return a;
  const out = new FieldsBelow();
  const isIn = isMember(a) && !isMember(b);
  let isSame = isIn === isMember(a);
  for (const key in a) {
    if (key === ".") continue;
    const left = difference(a[key], below(b, key));
    isSame &&= left === a[key];
    out.add(key, left);
  }
  return isSame ? a : out.end(isIn);
}

export function intersection(a: Fields | undefined, b: Fields | undefined): Fields | undefined {
  if (a === undefined || b === undefined) return undefined;
  return combine(a, b, (inA, inB) => inA && inB, intersection);
}

/** What is in the set neither at one of the top-level fields nor below it. */
export function without(fields: Fields | undefined, names: readonly string[]): Fields | undefined {
  if (fields === undefined || !names.some((name) => Object.hasOwn(fields, `f:${name}`))) return fields;
  const rest = new FieldsBelow();
  for (const key in fields) if (!names.includes(key.slice(2))) rest.add(key, fields[key]);
  return rest.end(false);
}

function isLeaf(fields: Fields): boolean {
  for (const _ in fields) return false;
  return true;
}

function combine(
  a: Fields,
  b: Fields,
  member: (inA: boolean, inB: boolean) => boolean,
  children: (a: Fields | undefined, b: Fields | undefined) => Fields | undefined,
): Fields | undefined {
  const out = new FieldsBelow();
  for (const key in a) if (key !== ".") out.add(key, children(a[key], below(b, key)));
  for (const key in b) if (key !== "." && !Object.hasOwn(a, key)) out.add(key, children(undefined, b[key]));
  return out.end(member(isMember(a), isMember(b)));
}
