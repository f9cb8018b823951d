import { readStruct, type Struct } from "./decode-struct.js";
import { Deferred } from "./deferred.js";
import {
  defaultOf,
  emptyMessage,
  type FieldType,
  isVarint,
  type Message,
  type NamedField,
  wireTypeOf,
} from "./message.js";
import { setOwn } from "./own-property.js";
import { readPlainStruct } from "./plain-struct.js";
import { type Reader } from "./reader.js";
import { tagOf, WireType } from "./wire-type.js";

/**
 * Reads fields to the end of the message that the reader stands in, and merges them into what there is already. What is
 * not known is skipped, and so is a known field with a wire type that it cannot have.
 */
export function readMessage(reader: Reader, message: Message, into: Record<string, unknown>): void {
  while (!reader.done) {
    const tag = reader.tag();
    const field = message.byNumber.get(tag >>> 3);
    if (field === undefined || !accepts(field, tag & 7)) {
      reader.skip(tag);
      continue;
    }
    reader.trail.enter(field.name);
    readField(reader, field, tag & 7, into);
    reader.trail.leave();
    if (field.oneof !== undefined) clearOthers(message, field, into);
  }
}

function accepts(field: NamedField, wireType: number): boolean {
  if (field.presence === "map") return wireType === WireType.Length;
  return wireType === wireTypeOf(field.type) || isPacked(field, wireType);
}

/** A list of varints may come packed or one by one, and in both ways at once. */
function isPacked(field: NamedField, wireType: number): boolean {
  return field.presence === "repeated" && isVarint(field.type) && wireType === WireType.Length;
}

function readField(reader: Reader, field: NamedField, wireType: number, into: Record<string, unknown>): void {
  const { name, type, presence } = field;
  if (presence === "map") readEntry(reader, type, into[name] as Record<string, unknown>);
  else if (isPacked(field, wireType)) readPacked(reader, type, into[name] as unknown[]);
  else if (presence === "repeated") appendValue(reader, type, into[name] as unknown[]);
  else into[name] = readValue(reader, type, into[name]);
}

function readEntry(reader: Reader, type: FieldType, into: Record<string, unknown>): void {
  const valueTag = tagOf(2, wireTypeOf(type));
  const outer = reader.enter();
  let key = "";
  let value: unknown;
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === KEY) {
      key = reader.name();
      continue;
    }
    if (tag !== valueTag) {
      reader.skip(tag);
      continue;
    }
    reader.trail.enter(key);
    value = readValue(reader, type, value);
    reader.trail.leave();
  }
  reader.leave(outer);
  setOwn(into, key, value ?? defaultOf(type));
}

const KEY = tagOf(1, WireType.Length);

function readPacked(reader: Reader, type: FieldType, into: unknown[]): void {
  const outer = reader.enter();
  while (!reader.done) appendValue(reader, type, into);
  reader.leave(outer);
}

function appendValue(reader: Reader, type: FieldType, into: unknown[]): void {
  reader.trail.enter(into.length);
  into.push(readValue(reader, type, undefined));
  reader.trail.leave();
}

/** @param previous the value that the same field has had so far: messages are merged with it, scalars replace it */
function readValue(reader: Reader, type: FieldType, previous: unknown): unknown {
  switch (type) {
    case "string":
      return reader.text();
    case "bytes":
      return reader.bytes();
    case "enum":
    case "int32":
      return reader.int32();
    case "int64":
      return reader.int64();
    case "struct":
      return deferred(reader, type, previous) ?? plainly(reader, previous) ?? readStruct(reader, previous as Struct);
    default:
      return (
        deferred(reader, type, previous) ??
        readEmbedded(reader, type, partsOf(reader, type, previous) ?? newMessage(reader, type))
      );
  }
}

/** What comes in parts is decoded at once, so that they can be merged. */
function deferred(reader: Reader, type: FieldType, previous: unknown): unknown {
  return previous === undefined ? reader.defer?.take(reader, type) : undefined;
}

/** What is plain is read in a faster way. */
function plainly(reader: Reader, previous: unknown): Struct | undefined {
  if (previous !== undefined) return undefined;
  return reader.otherwise(({ start, end }) => readPlainStruct(reader.plain, start, end));
}

/** What is there already of a message. What was deferred of it goes into one of which parts may be deferred. */
function partsOf(reader: Reader, type: Message, previous: unknown): object | undefined {
  if (previous instanceof Deferred) return Object.assign(newMessage(reader, type), previous.value);
  return previous as object | undefined;
}

function newMessage(reader: Reader, type: Message): object {
  return reader.defer?.newMessage(type) ?? emptyMessage(type);
}

/** Reads an embedded message, its length first, and merges it into what there is already. */
export function readEmbedded(reader: Reader, message: Message, into: object): object {
  const outer = reader.enter();
  readMessage(reader, message, into as Record<string, unknown>);
  reader.leave(outer);
  return into;
}

function clearOthers(message: Message, last: NamedField, into: Record<string, unknown>): void {
  for (const field of message.fields) {
    if (field.oneof === last.oneof && field !== last) into[field.name] = undefined;
  }
}
