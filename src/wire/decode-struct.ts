import { type JsonObject, type JsonValue } from "./json.js";
import { MAX_DEPTH } from "./max-depth.js";
import { setOwn } from "./own-property.js";
import { type Reader } from "./reader.js";
import { BOOL, ELEMENT, KEY, LIST, NULL, NUMBER, STRING, STRUCT, VALUE } from "./struct-tags.js";

/**
 * Reads a `google.protobuf.Struct`, its length first, straight into a plain object, and merges it into what there is
 * already. A Value of no kind is null, as it is in Go.
 *
 * @param into a plain object that this function has made, or an empty one
 */
export function readStruct(reader: Reader, into: Struct = {}, depth = 1): Struct {
  const outer = enterLevel(reader, depth);
  while (!reader.done) {
    const tag = reader.tag();
    if (tag !== ELEMENT) {
      reader.skip(tag);
      continue;
    }
    readEntry(reader, into, depth);
  }
  reader.leave(outer);
  return into;
}

/** A Struct that is being read. */
export type Struct = Record<string, JsonValue>;

function enterLevel(reader: Reader, depth: number): number {
  if (depth > MAX_DEPTH) throw reader.trail.error(`objects and lists are nested deeper than ${MAX_DEPTH} levels`);
  return reader.enter();
}

function readEntry(reader: Reader, into: Struct, depth: number): void {
  const outer = reader.enter();
  let key = "";
  let value: JsonValue | undefined;
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === KEY) {
      key = reader.name();
      continue;
    }
    if (tag !== VALUE) {
      reader.skip(tag);
      continue;
    }
    reader.trail.enter(key);
    value = readValue(reader, value, depth);
    reader.trail.leave();
  }
  reader.leave(outer);
  setOwn(into, key, value ?? null);
}

/**
 * Reads a `google.protobuf.Value`, its length first.
 *
 * @param value what an earlier part of the same Value holds; undefined for nothing yet, which a Value of no kind leaves
 */
function readValue(reader: Reader, value: JsonValue | undefined, depth: number): JsonValue | undefined {
  const outer = reader.enter();
  let read = value;
  while (!reader.done) read = readKind(reader, reader.tag(), read, depth);
  reader.leave(outer);
  return read;
}

/** Reads what follows the tag of a kind. */
function readKind(reader: Reader, tag: number, value: JsonValue | undefined, depth: number): JsonValue | undefined {
  switch (tag) {
    case STRING:
      return reader.text();
    case STRUCT:
      return readStruct(reader, isObject(value) ? value : {}, depth + 1);
    case LIST:
      return readList(reader, Array.isArray(value) ? value : [], depth + 1);
    case NUMBER:
      return readNumber(reader);
    case BOOL:
      return reader.bool();
    case NULL:
      reader.int32();
      return null;
    default:
      reader.skip(tag);
      return value;
  }
}

function readList(reader: Reader, into: JsonValue[], depth: number): JsonValue[] {
  const outer = enterLevel(reader, depth);
  while (!reader.done) {
    const tag = reader.tag();
    if (tag !== ELEMENT) {
      reader.skip(tag);
      continue;
    }
    reader.trail.enter(into.length);
    into.push(readValue(reader, undefined, depth) ?? null);
    reader.trail.leave();
  }
  reader.leave(outer);
  return into;
}

function readNumber(reader: Reader): number {
  const value = reader.double();
  if (!Number.isFinite(value)) throw reader.trail.error(`${value} is not a number that JSON can carry`);
  return value;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
