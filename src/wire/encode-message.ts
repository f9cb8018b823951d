import { Deferred } from "./deferred.js";
import { writeStruct } from "./encode-struct.js";
import { type FieldType, isVarint, type Message, type NamedField, wireTypeOf } from "./message.js";
import { sortedKeys } from "./sorted-keys.js";
import { WireType } from "./wire-type.js";
import { type Writer } from "./writer.js";

/**
 * Writes a message, in the order of its field numbers, maps in the order of their keys: the same value gives the same
 * bytes. What is undefined is left out; what does not fit its field is refused.
 */
export function writeMessage(writer: Writer, message: Message, value: unknown): void {
  const values = asRecord(writer, value);
  const { fields } = message;
  for (let index = fields.length - 1; index >= 0; index--) {
    const field = fields[index] as NamedField;
    const given = values[field.name];
    if (given === undefined) continue;
    writer.trail.enter(field.name);
    if (field.oneof !== undefined) refuseOthers(writer, message, field, values);
    writeField(writer, field, given);
    writer.trail.leave();
  }
}

function refuseOthers(writer: Writer, message: Message, field: NamedField, fields: Record<string, unknown>): void {
  const rival = message.fields.find(
    ({ name, oneof }) => oneof === field.oneof && name !== field.name && fields[name] !== undefined,
  );
  if (rival)
    throw writer.trail.error(`${rival.name} is given as well, and only one of the two can be sent: leave one out`);
}

function writeField(writer: Writer, field: NamedField, value: unknown): void {
  switch (field.presence) {
    case "map":
      writeMap(writer, field, asRecord(writer, value));
      break;
    case "repeated":
      writeList(writer, field, asList(writer, value));
      break;
    case "implicit":
      if (value !== "" && value !== 0) writeSingle(writer, field, value);
      break;
    case "explicit":
      writeSingle(writer, field, value);
  }
}

function writeSingle(writer: Writer, { number, type }: NamedField, value: unknown): void {
  writeValue(writer, type, value);
  writer.tag(number, wireTypeOf(type));
}

function writeMap(writer: Writer, { number, type }: NamedField, record: Record<string, unknown>): void {
  const keys = sortedKeys(record);
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = keys[index] ?? "";
    const value = record[key];
    if (value === undefined) continue;
    const mark = writer.size;
    writer.trail.enter(key);
    writeValue(writer, type, value);
    writer.tag(2, wireTypeOf(type));
    writer.text(key);
    writer.tag(1, WireType.Length);
    writer.trail.leave();
    writer.length(mark);
    writer.tag(number, WireType.Length);
  }
}

function writeList(writer: Writer, { number, type }: NamedField, list: readonly unknown[]): void {
  if (list.length === 0) return;
  const mark = writer.size;
  const packed = isVarint(type);
  for (let index = list.length - 1; index >= 0; index--) {
    writer.trail.enter(index);
    writeValue(writer, type, list[index]);
    writer.trail.leave();
    if (!packed) writer.tag(number, WireType.Length);
  }
  if (!packed) return;
  writer.length(mark);
  writer.tag(number, WireType.Length);
}

/** Writes a value with its length, where it has one, and without a tag. */
function writeValue(writer: Writer, type: FieldType, value: unknown): void {
  switch (type) {
    case "string":
      writer.text(asString(writer, value));
      break;
    case "bytes":
      writer.bytes(asBytes(writer, value));
      break;
    case "enum":
    case "int32":
      writer.signed(asInteger(writer, value, 2 ** 31));
      break;
    case "int64":
      writer.signed(asInteger(writer, value, 2 ** 53));
      break;
    default:
      writeEmbedded(writer, type, value);
  }
}

function writeEmbedded(writer: Writer, type: Message | "struct", value: unknown): void {
  if (value instanceof Deferred) {
    writer.copy(value.bytes);
    return;
  }
  const mark = writer.size;
  if (type === "struct") writeStruct(writer, value);
  else writeMessage(writer, type, value);
  writer.length(mark);
}

function asString(writer: Writer, value: unknown): string {
  if (typeof value === "string") return value;
  throw mismatch(writer, "a string", value);
}

function asBytes(writer: Writer, value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw mismatch(writer, "a Uint8Array", value);
}

/** @param bound what the value must be below; down to its negative, where a number can tell that from its neighbours */
function asInteger(writer: Writer, value: unknown, bound: number): number {
  if (typeof value !== "number") throw mismatch(writer, "a number", value);
  if (Number.isSafeInteger(value) && value >= -bound && value < bound) return value;
  throw writer.trail.error(`${value} is not in the field's range: send a whole number below ${bound}`);
}

function asList(writer: Writer, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw mismatch(writer, "a list", value);
}

function asRecord(writer: Writer, value: unknown): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw mismatch(writer, "an object", value);
}

function mismatch(writer: Writer, wanted: string, value: unknown): Error {
  const found = value === null ? "null" : Array.isArray(value) ? "a list" : `of type ${typeof value}`;
  return writer.trail.error(`the field takes ${wanted}, and what is given is ${found}`);
}
