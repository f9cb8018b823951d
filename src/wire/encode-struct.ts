import { MAX_DEPTH } from "./max-depth.js";
import { notJson } from "./not-json.js";
import { sortedKeys } from "./sorted-keys.js";
import { BOOL, ELEMENT, KEY, LIST, NULL, NUMBER, STRING, STRUCT, VALUE } from "./struct-tags.js";
import { type Writer } from "./writer.js";

/**
 * Writes a plain object as the body of a `google.protobuf.Struct`. Fields go in the order of their names, by UTF-16
 * code unit, so that equal values give equal bytes whichever way they were built. Own enumerable properties with string
 * keys are all that counts; those that are undefined are left out. What JSON cannot carry is refused.
 */
export function writeStruct(writer: Writer, value: unknown): void {
  if (!isContainer(value) || Array.isArray(value)) {
    throw writer.trail.error(notJson(value) ?? "a Struct is an object with named fields: send one");
  }
  enterLevel(writer, value, []);
  writeFields(writer, value, [value]);
}

/** @param within the objects and lists that hold the fields, the innermost last */
function writeFields(writer: Writer, object: object, within: object[]): void {
  const fields = object as Readonly<Record<string, unknown>>;
  const keys = sortedKeys(fields);
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = keys[index] ?? "";
    const value = fields[key];
    if (value === undefined) continue;
    const mark = writer.size;
    writer.trail.enter(key);
    writeValue(writer, value, within);
    writer.byte(VALUE);
    writer.text(key);
    writer.byte(KEY);
    writer.trail.leave();
    writer.length(mark);
    writer.byte(ELEMENT);
  }
}

/** Writes a `google.protobuf.Value`, with its length. */
function writeValue(writer: Writer, value: unknown, within: object[]): void {
  const mark = writer.size;
  if (isContainer(value)) writeContainer(writer, value, within);
  else writeScalar(writer, value);
  writer.length(mark);
}

function writeContainer(writer: Writer, value: object, within: object[]): void {
  const mark = writer.size;
  enterLevel(writer, value, within);
  within.push(value);
  if (Array.isArray(value)) writeElements(writer, value, within);
  else writeFields(writer, value, within);
  within.pop();
  writer.length(mark);
  writer.byte(Array.isArray(value) ? LIST : STRUCT);
}

function enterLevel(writer: Writer, value: object, within: readonly object[]): void {
  const problem = notJson(value);
  if (problem !== undefined) throw writer.trail.error(problem);
  if (within.includes(value)) throw writer.trail.error("it contains itself: send a tree");
  if (within.length < MAX_DEPTH) return;
  throw writer.trail.error(`objects and lists are nested deeper than ${MAX_DEPTH} levels: send fewer`);
}

function writeElements(writer: Writer, list: readonly unknown[], within: object[]): void {
  for (let index = list.length - 1; index >= 0; index--) {
    writer.trail.enter(index);
    writeValue(writer, list[index], within);
    writer.trail.leave();
    writer.byte(ELEMENT);
  }
}

function writeScalar(writer: Writer, value: unknown): void {
  switch (typeof value) {
    case "string":
      writer.text(value);
      writer.byte(STRING);
      return;
    case "boolean":
      writer.byte(value ? 1 : 0);
      writer.byte(BOOL);
      return;
    case "number":
      writeNumber(writer, value);
      return;
    default:
      refuse(writer, value);
      writer.byte(0);
      writer.byte(NULL);
  }
}

function writeNumber(writer: Writer, value: number): void {
  if (!Number.isSafeInteger(value) && !(writer.rounded && Number.isInteger(value))) refuse(writer, value);
  writer.double(value);
  writer.byte(NUMBER);
}

function refuse(writer: Writer, value: unknown): void {
  const problem = notJson(value);
  if (problem !== undefined) throw writer.trail.error(problem);
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
