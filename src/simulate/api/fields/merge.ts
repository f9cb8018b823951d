import { isObject } from "../../../render/unstructured.js";
import { equal } from "../../../schema/json.js";
import { type JsonObject, type JsonValue } from "../../../wire/index.js";
import { listKey } from "./list-key.js";
import { fieldShape, formOf, type ListShape, type MapShape, type Shape } from "./shape.js";

/**
 * Writes an intent into what there is. Nothing is removed: what only one of the two has stays. Items of lists stand in
 * the order of the intent, with those of others where they were. What stays as it was is shared with what there is.
 */
export function merge(shape: Shape, live: JsonValue | undefined, intent: JsonValue | undefined): JsonValue | undefined {
  if (intent === undefined || live === intent) return live;
  if (live === undefined) return intent;
  const { list, map } = formOf(shape, intent);
  if (map && !map.isAtomic && isObject(intent) && isObject(live)) return mergeMaps(map, live, intent);
  if (list && !list.isAtomic && Array.isArray(intent) && Array.isArray(live)) return mergeLists(list, live, intent);
  return equal(live, intent) ? live : intent;
}

function mergeMaps(map: MapShape, live: JsonObject, intent: JsonObject): JsonObject {
  let out: Record<string, JsonValue> | undefined;
  for (const [name, value] of Object.entries(intent)) {
    const shape = fieldShape(map, name);
    const before = Object.hasOwn(live, name) ? live[name] : undefined;
    const merged = shape ? merge(shape, before, value) : value;
    if (merged === undefined || merged === before) continue;
    out ??= { ...live };
    out[name] = merged;
  }
  return out ?? live;
}

function mergeLists(list: ListShape, live: readonly JsonValue[], intent: readonly JsonValue[]): readonly JsonValue[] {
  const items = new Items(list, live);
  const wanted = new Items(list, intent);
  const shared = wanted.keys.filter((key) => items.has(key));
  const done = new Set<string>();
  const out: JsonValue[] = [];
  const put = (key: string) => {
    done.add(key);
    const merged = merge(list.items, items.get(key), wanted.get(key));
    if (merged !== undefined) out.push(merged);
  };
  let [l, w, s] = [0, 0, 0];
  while (l < items.keys.length || w < wanted.keys.length) {
    const mine = items.keys[l];
    const theirs = wanted.keys[w];
    if (mine !== undefined && theirs !== undefined) {
      if (mine === theirs) {
        put(mine);
        [l, w, s] = [l + 1, w + 1, s + 1];
        continue;
      }
      // An item that the intent has further on waits for its turn there.
      if (wanted.has(mine) && shared[s] !== undefined && shared[s] !== mine) {
        l += 1;
        continue;
      }
    }
    if (mine !== undefined) {
      if (!wanted.has(mine)) {
        const item = live[l];
        if (item !== undefined) out.push(item);
        l += 1;
        continue;
      }
      if (done.has(mine)) l += 1;
    }
    if (theirs !== undefined) {
      put(theirs);
      w += 1;
      if (shared[s] === theirs) s += 1;
    }
  }
  return out.length === live.length && out.every((item, index) => item === live[index]) ? live : out;
}

/** The items of a list by what tells them apart. */
class Items {
  readonly keys: readonly string[];
  readonly #values = new Map<string, JsonValue | undefined>();

  constructor(list: ListShape, items: readonly JsonValue[]) {
    this.keys = items.map((item, index) => listKey(list, item) ?? `i:${index}`);
    for (const [index, key] of this.keys.entries()) {
      // Of items that are there twice none counts.
      this.#values.set(key, this.#values.has(key) ? undefined : items[index]);
    }
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  get(key: string): JsonValue | undefined {
    return this.#values.get(key);
  }
}
