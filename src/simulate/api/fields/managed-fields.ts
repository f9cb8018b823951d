import { byteOrder } from "../../../render/byte-order.js";
import { isObject, objectsAt } from "../../../render/unstructured.js";
import { equal } from "../../../schema/json.js";
import { type JsonObject, type JsonValue } from "../../../wire/index.js";
import { type Fields, hasBelow } from "./fields.js";

/** Who owns which fields of an object, by manager. */
export class ManagedFields {
  readonly #entries: Map<string, Entry>;

  private constructor(entries: Iterable<readonly [string, Entry]>) {
    this.#entries = new Map(entries);
  }

  /** As an object has them in its metadata. */
  static of(object: JsonObject): ManagedFields {
    const entries = objectsAt(object, ["metadata", "managedFields"]).flatMap((written) => {
      const entry = read(written);
      return entry ? [[keyOf(entry), entry] as const] : [];
    });
    return new ManagedFields(entries);
  }

  static readonly none = new ManagedFields([]);

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get(manager: Manager): Entry | undefined {
    return this.#entries.get(keyOf(manager));
  }

  /** With what a manager owns; without the manager where that is nothing. */
  with(entry: Entry): ManagedFields {
    const entries = new Map(this.#entries);
    if (hasBelow(entry.fields)) entries.set(keyOf(entry), entry);
    else entries.delete(keyOf(entry));
    return new ManagedFields(entries);
  }

  /** With other fields for each manager but one. */
  map(change: (fields: Fields) => Fields | undefined, but?: Manager): ManagedFields {
    const except = but && keyOf(but);
    const entries = [...this.#entries].flatMap(([key, entry]): readonly (readonly [string, Entry])[] => {
      if (key === except || !entry.fields) return [[key, entry]];
      const fields = change(entry.fields);
      if (fields === entry.fields) return [[key, entry]];
      return hasBelow(fields) ? [[key, { ...entry, fields }]] : [];
    });
    return new ManagedFields(entries);
  }

  /** What each manager owns. */
  fields(): readonly Fields[] {
    return [...this.#entries.values()].flatMap(({ fields }) => fields ?? []);
  }

  /** As metadata has them; undefined where nobody owns anything. */
  toJson(): readonly JsonObject[] | undefined {
    if (this.isEmpty) return undefined;
    return [...this.#entries.values()].sort(inOrder).map(write);
  }
}

/** Who writes, and how. */
export interface Manager {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  /** Default: none. */
  readonly subresource?: string | undefined;
}

export interface Entry extends Manager {
  readonly time?: string | undefined;
  readonly fields: Fields | undefined;
}

/** Whether two lists of metadata.managedFields say the same but for times. */
export function sameButTimes(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return equal(withoutTimes(a), withoutTimes(b));
}

function withoutTimes(entries: JsonValue | undefined): unknown {
  if (!Array.isArray(entries)) return [];
  return (entries as readonly JsonValue[]).map((entry) => {
    if (!isObject(entry)) return entry;
    const { time: _, ...rest } = entry;
    return rest;
  });
}

/** Who applies is the same in each version. */
function keyOf({ manager, operation, apiVersion, subresource = "" }: Manager): string {
  return JSON.stringify([manager, operation, operation === "Apply" ? "" : apiVersion, subresource]);
}

function read(written: JsonObject): Entry | undefined {
  const { manager = "", operation, apiVersion, subresource, time, fieldsV1 } = written;
  if (operation !== "Apply" && operation !== "Update") return undefined;
  if (typeof manager !== "string" || typeof apiVersion !== "string") return undefined;
  return {
    manager,
    operation,
    apiVersion,
    ...(typeof subresource === "string" && { subresource }),
    ...(typeof time === "string" && { time }),
    fields: isObject(fieldsV1) ? (fieldsV1 as unknown as Fields) : undefined,
  };
}

function write({ manager, operation, apiVersion, subresource, time, fields = {} }: Entry): JsonObject {
  return {
    manager,
    operation,
    apiVersion,
    ...(time !== undefined && { time }),
    fieldsType: "FieldsV1",
    fieldsV1: fields as unknown as JsonObject,
    ...(subresource !== undefined && { subresource }),
  };
}

function inOrder(a: Entry, b: Entry): number {
  return (
    byteOrder(a.operation, b.operation) ||
    secondsOf(a) - secondsOf(b) ||
    byteOrder(a.manager, b.manager) ||
    byteOrder(a.apiVersion, b.apiVersion) ||
    byteOrder(a.subresource ?? "", b.subresource ?? "")
  );
}

function secondsOf({ time }: Entry): number {
  return time === undefined ? 0 : Math.floor(Date.parse(time) / 1000);
}
