import { type Struct } from "./decode-struct.js";
import { type JsonValue } from "./json.js";
import { knownNames } from "./known-texts.js";
import { MAX_DEPTH } from "./max-depth.js";
import { setOwn } from "./own-property.js";
import { type PlainBytes, sizeOf } from "./plain-bytes.js";
import { BOOL, ELEMENT, LIST, NULL, NUMBER, STRING, STRUCT } from "./struct-tags.js";

/** Makes a plain object of a `google.protobuf.Struct`; undefined where that is not plainly written. */
export function readPlainStruct(plain: PlainBytes, start: number, end: number, depth = 1): Struct | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const { bytes } = plain;
  const out: Struct = {};
  for (let at = start; at < end; ) {
    const length = plain.length(at + 1);
    const entry = at + 1 + sizeOf(length);
    const next = entry + length;
    if (bytes[at] !== ELEMENT || length < 0 || next > end) return undefined;
    const value = plain.entryValue(entry, next);
    if (value < 0) return undefined;
    const name = nameOf(plain, entry);
    const made = readPlainValue(plain, value, next, depth);
    if (name === undefined || made === undefined) return undefined;
    setOwn(out, name, made);
    at = next;
  }
  return out;
}

/** The key of a map's entry. */
function nameOf(plain: PlainBytes, entry: number): string | undefined {
  const start = entry + 2;
  const length = plain.bytes[entry + 1] ?? 0;
  return knownNames.get(plain.bytes, start, length) ?? plain.text(start, start + length);
}

/** Makes a value of a `google.protobuf.Value`; undefined likewise. */
export function readPlainValue(plain: PlainBytes, at: number, end: number, depth: number): JsonValue | undefined {
  const { bytes } = plain;
  switch (bytes[at]) {
    case STRING: {
      const start = plain.body(at + 1, end);
      return start < 0 ? undefined : plain.text(start, end);
    }
    case STRUCT: {
      const start = plain.body(at + 1, end);
      return start < 0 ? undefined : readPlainStruct(plain, start, end, depth + 1);
    }
    case LIST: {
      const start = plain.body(at + 1, end);
      return start < 0 ? undefined : readPlainList(plain, start, end, depth + 1);
    }
    case NUMBER:
      return at + 9 === end && plain.isExact(at + 1) ? bytes.readDoubleLE(at + 1) : undefined;
    case BOOL:
      return at + 2 === end && (bytes[at + 1] ?? 2) < 2 ? bytes[at + 1] === 1 : undefined;
    case NULL:
      return at + 2 === end && bytes[at + 1] === 0 ? null : undefined;
    default:
      return undefined;
  }
}

function readPlainList(plain: PlainBytes, start: number, end: number, depth: number): JsonValue[] | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const out: JsonValue[] = [];
  for (let at = start; at < end; ) {
    const length = plain.length(at + 1);
    const value = at + 1 + sizeOf(length);
    const next = value + length;
    if (plain.bytes[at] !== ELEMENT || length < 0 || next > end) return undefined;
    const made = readPlainValue(plain, value, next, depth);
    if (made === undefined) return undefined;
    out.push(made);
    at = next;
  }
  return out;
}
