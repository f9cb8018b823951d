import { isRecord } from "./json.js";
import { readMeta } from "./object-meta.js";
import { childOf, type OpenAPI } from "./openapi.js";
import { entry, field } from "./path.js";

export interface Normalized {
  /** Shares with the input what did not change. */
  readonly value: unknown;
  /** The paths of the fields that the schema does not know. */
  readonly pruned: readonly string[];
}

/**
 * What the API server makes of a value before it validates: defaults written, unknown fields pruned, and null dropped
 * where none is allowed.
 *
 * @param known what came out of this before: of `value` that is not looked at which it shares with it
 */
export function normalize(schema: OpenAPI, value: unknown, path: string, known?: unknown): Normalized {
  const normalizer = new Normalizer();
  return { value: normalizer.visit(schema, value, path, known), pruned: normalizer.pruned };
}

/** What every object has, whatever its schema says. */
const META = new Set(["apiVersion", "kind"]);

type Fields = Readonly<Record<string, unknown>>;

class Normalizer {
  readonly pruned: string[] = [];

  /** With `keep`, unknown fields stay whatever the schema says. */
  visit(schema: OpenAPI, value: unknown, path: string, known: unknown, keep = false): unknown {
    if (value === known) return value;
    const open = keep || schema["x-kubernetes-preserve-unknown-fields"] === true;
    if (Array.isArray(value)) return this.#list(schema, value, path, open);
    return isRecord(value) ? this.#object(schema, value, path, { open, known: isRecord(known) ? known : {} }) : value;
  }

  #list({ items }: OpenAPI, value: readonly unknown[], path: string, open: boolean): unknown {
    if (!items) return value;
    let changed = false;
    const result = value.map((item, index) => {
      const written = item === null && !items.nullable ? (clone(items.default) ?? null) : item;
      const next = this.visit(items, written, entry(path, index), undefined, open);
      changed ||= next !== item;
      return next;
    });
    return changed ? result : value;
  }

  #object(schema: OpenAPI, value: Fields, path: string, { open, known }: { open: boolean; known: Fields }): unknown {
    const object = new CopyOnWrite(value);
    const embedded = schema["x-kubernetes-embedded-resource"] === true;
    for (const key of Object.keys(value)) {
      if (embedded && key === "metadata") {
        object.set(key, readMeta(value[key], field(path, key), this.pruned));
        continue;
      }
      if (embedded && META.has(key)) continue;
      const child = childOf(schema, key);
      if (child) {
        const at = schema.additionalProperties ? entry(path, key) : field(path, key);
        const before = Object.hasOwn(known, key) ? known[key] : undefined;
        object.set(key, isAnything(child) ? this.#emptied(value[key], at) : this.#child(child, value[key], at, before));
      } else if (value[key] === undefined || !open) {
        if (value[key] !== undefined) this.pruned.push(field(path, key));
        object.set(key, undefined);
      }
    }
    for (const key in schema.properties) {
      const child = schema.properties[key];
      if (child?.default === undefined || (Object.hasOwn(value, key) && value[key] !== undefined)) continue;
      object.set(key, this.#child(child, undefined, field(path, key), undefined));
    }
    return object.result;
  }

  #emptied(value: unknown, path: string): unknown {
    if (Array.isArray(value)) {
      const items = value.map((item, index) => this.#emptied(item, entry(path, index)));
      return items.every((item, index) => item === value[index]) ? value : items;
    }
    if (!isRecord(value) || Object.keys(value).length === 0) return value;
    this.pruned.push(...Object.keys(value).map((key) => field(path, key)));
    return {};
  }

  /** Undefined where the object is left without the field. */
  #child(child: OpenAPI, written: unknown, path: string, known: unknown): unknown {
    const absent = written === undefined || (written === null && !child.nullable);
    const value = absent ? (clone(child.default) ?? undefined) : written;
    return value === undefined ? undefined : this.visit(child, value, path, known);
  }
}

/** As additionalProperties may be in the CRDs of others. The API server then keeps scalars, and nothing in objects. */
function isAnything(schema: OpenAPI): boolean {
  return (schema as unknown) === true;
}

function clone(value: unknown): unknown {
  return typeof value === "object" ? structuredClone(value) : value;
}

/** An object that is copied once something in it changes. */
class CopyOnWrite {
  readonly #original: Readonly<Record<string, unknown>>;
  #copy: Record<string, unknown> | undefined;

  constructor(original: Readonly<Record<string, unknown>>) {
    this.#original = original;
  }

  get result(): Readonly<Record<string, unknown>> {
    return this.#copy ?? this.#original;
  }

  set(key: string, value: unknown): void {
    const original = this.#original;
    if (value === original[key] && (value !== undefined || !Object.hasOwn(original, key))) return;
    this.#copy ??= { ...original };
    if (value === undefined) delete this.#copy[key];
    // Assignment to __proto__ would not make a property.
    else Object.defineProperty(this.#copy, key, { value, enumerable: true, configurable: true, writable: true });
  }
}
