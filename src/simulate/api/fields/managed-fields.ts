import { byteOrder } from "../../../render/byte-order.js";
import { isObject, objectsAt } from "../../../render/unstructured.js";
import { equal } from "../../../schema/json.js";
import { type JsonObject, type JsonValue } from "../../../wire/index.js";
import { type Fields, hasBelow } from "./fields.js";

/** Who owns which fields of an object, by manager. */
export class ManagedFields {
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(entries: ReadonlyMap<string, Entry>) {
    this.#entries = entries;
  }

  /** As an object has them in its metadata. */
  static of(object: JsonObject): ManagedFields {
    const entries = new Map<string, Entry>();
    for (const written of objectsAt(object, ["metadata", "managedFields"])) {
      const entry = read(written);
      if (entry) entries.set(keyOf(entry), entry);
    }
    return new ManagedFields(entries);
  }

  static readonly none = new ManagedFields(new Map());

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get(manager: Manager): Entry | undefined {
    return this.#entries.get(keyOf(manager));
  }

  /** With what a manager owns; without the manager where that is nothing. As it is, where nothing changes by that. */
  with(entry: Entry): ManagedFields {
    const key = keyOf(entry);
    const known = this.#entries.get(key);
    const isThere = hasBelow(entry.fields);
    if (isThere ? known?.time === entry.time && equal(known?.fields, entry.fields) : !known) return this;
    const entries = new Map(this.#entries);
    if (isThere) entries.set(key, entry);
    else entries.delete(key);
    return new ManagedFields(entries);
  }

  /** With other fields for each manager but one. As it is, where they are the same ones. */
  map(change: (fields: Fields) => Fields | undefined, but?: Manager): ManagedFields {
    const except = but && keyOf(but);
    const entries = new Map<string, Entry>();
    let isSame = true;
    for (const [key, entry] of this.#entries) {
      const fields = key === except || !entry.fields ? entry.fields : change(entry.fields);
      if (fields === entry.fields) {
        entries.set(key, entry);
        continue;
      }
      isSame = false;
      if (hasBelow(fields)) entries.set(key, { ...entry, fields });
    }
    return isSame ? this : new ManagedFields(entries);
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
  const [was, is] = [entriesOf(a), entriesOf(b)];
  return was.length === is.length && was.every((entry, index) => isSameEntry(entry, is[index]));
}

function entriesOf(written: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(written) ? written : [];
}

function isSameEntry(a: JsonValue, b: JsonValue | undefined): boolean {
  if (!isObject(a) || !isObject(b)) return equal(a, b);
  const isIn = (one: JsonObject, other: JsonObject) =>
    Object.keys(one).every((key) => key === "time" || (Object.hasOwn(other, key) && equal(one[key], other[key])));
  return isIn(a, b) && Object.keys(b).every((key) => key === "time" || Object.hasOwn(a, key));
}

/** Who applies is the same in each version. */
function keyOf({ manager, operation, apiVersion, subresource = "" }: Manager): string {
  return `${manager}\0${operation}\0${operation === "Apply" ? "" : apiVersion}\0${subresource}`;
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
    (a.time === b.time ? 0 : secondsOf(a) - secondsOf(b)) ||
    byteOrder(a.manager, b.manager) ||
    byteOrder(a.apiVersion, b.apiVersion) ||
    byteOrder(a.subresource ?? "", b.subresource ?? "")
  );
}

function secondsOf({ time }: Entry): number {
  return time === undefined ? 0 : Math.floor(Date.parse(time) / 1000);
}
