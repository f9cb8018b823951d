import { isObject } from "../../../render/unstructured.js";
import { equal } from "../../../schema/json.js";
import { type JsonObject, type JsonValue } from "../../../wire/index.js";
import { type Fields, FieldsBelow, LEAF, union } from "./fields.js";
import { listKey } from "./list-key.js";
import { fieldShape, formOf, type ListShape, type MapShape, type Shape } from "./shape.js";

/** What an object has come to have, what has changed in it, and what it has no more. */
export interface Comparison {
  readonly added: Fields | undefined;
  readonly modified: Fields | undefined;
  readonly removed: Fields | undefined;
}

/** How two values of a shape differ; undefined stands for a value that is not there. */
export function compare(shape: Shape, before: JsonValue | undefined, after: JsonValue | undefined): Comparison {
  if (before === after) return SAME;
  const was = formOf(shape, before);
  const is = formOf(shape, after);
  if (after === undefined) return compareAs(was, before, after);
  if (before === undefined || was === is) return compareAs(is, before, after);
  const [a, b] = [compareAs(was, before, after), compareAs(is, before, after)];
  return {
    added: union(a.added, b.added),
    modified: union(a.modified, b.modified),
    removed: union(a.removed, b.removed),
  };
}

const SAME: Comparison = { added: undefined, modified: undefined, removed: undefined };
const ADDED: Comparison = { ...SAME, added: LEAF };
const MODIFIED: Comparison = { ...SAME, modified: LEAF };
const REMOVED: Comparison = { ...SAME, removed: LEAF };

function compareAs(
  { list, map, scalar }: Shape,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Comparison {
  if (map) return compareMaps(map, before, after);
  if (scalar) return compareLeaves(before, after);
  return list ? compareLists(list, before, after) : SAME;
}

function compareLeaves(before: JsonValue | undefined, after: JsonValue | undefined): Comparison {
  if (before === undefined) return ADDED;
  if (after === undefined) return REMOVED;
  return equal(before, after) ? SAME : MODIFIED;
}

function compareMaps(map: MapShape, before: JsonValue | undefined, after: JsonValue | undefined): Comparison {
  const was = isObject(before) ? before : {};
  const is = isObject(after) ? after : {};
  if (map.isAtomic || (isEmpty(was) && isEmpty(is))) return compareLeaves(before, after);
  const out = new ComparisonBelow();
  for (const name in was) {
    const now = own(is, name);
    if (was[name] !== now) out.compare(`f:${name}`, fieldShape(map, name), was[name], now);
  }
  for (const name in is) {
    if (!Object.hasOwn(was, name)) out.compare(`f:${name}`, fieldShape(map, name), undefined, is[name]);
  }
  return out.end(before, after);
}

function compareLists(list: ListShape, before: JsonValue | undefined, after: JsonValue | undefined): Comparison {
  const was = Array.isArray(before) ? (before as readonly JsonValue[]) : [];
  const is = Array.isArray(after) ? (after as readonly JsonValue[]) : [];
  if (list.isAtomic || (was.length === 0 && is.length === 0)) return compareLeaves(before, after);
  const [old, now] = [keyed(list, was), keyed(list, is)];
  const out = new ComparisonBelow();
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    compareItems(list.items, key, old.get(key) ?? [], now.get(key) ?? [], out);
  }
  return out.end(before, after);
}

/** What is there several times is owned as a whole. */
function compareItems(
  shape: Shape,
  key: string,
  was: readonly JsonValue[],
  is: readonly JsonValue[],
  out: ComparisonBelow,
): void {
  if (was.length <= 1 && is.length <= 1) {
    out.compare(key, shape, was[0], is[0]);
    return;
  }
  if (was.length > 1 && is.length > 1) {
    if (!equal(was, is)) out.add(key, MODIFIED);
    return;
  }
  if (was.length > 1) {
    if (is.length > 0) out.compare(key, shape, undefined, is[0]);
    out.add(key, REMOVED);
    return;
  }
  if (was.length > 0) out.compare(key, shape, was[0], undefined);
  out.add(key, ADDED);
}

function keyed(list: ListShape, items: readonly JsonValue[]): ReadonlyMap<string, readonly JsonValue[]> {
  const found = new Map<string, JsonValue[]>();
  for (const item of items) {
    const key = listKey(list, item);
    if (key === undefined) continue;
    const others = found.get(key);
    if (others) others.push(item);
    else found.set(key, [item]);
  }
  return found;
}

class ComparisonBelow {
  readonly #added = new FieldsBelow();
  readonly #modified = new FieldsBelow();
  readonly #removed = new FieldsBelow();
  #isSame = true;

  compare(key: string, shape: Shape | undefined, before: JsonValue | undefined, after: JsonValue | undefined): void {
    if (shape) this.add(key, compare(shape, before, after));
  }

  add(key: string, comparison: Comparison): void {
    if (comparison === SAME) return;
    const { added, modified, removed } = comparison;
    this.#isSame = false;
    this.#added.add(key, added);
    this.#modified.add(key, modified);
    this.#removed.add(key, removed);
  }

  /** With the value itself, where it was not there before, or is no more. */
  end(before: JsonValue | undefined, after: JsonValue | undefined): Comparison {
    if (this.#isSame && before !== undefined && after !== undefined) return SAME;
    return {
      added: this.#added.end(before === undefined),
      modified: this.#modified.end(false),
      removed: this.#removed.end(after === undefined),
    };
  }
}

function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0;
}
