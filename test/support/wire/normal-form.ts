import { isUtf8 } from "node:buffer";
import { type FieldType, isVarint, type Message, type NamedField } from "../../../src/wire/message.js";
import { type Parsed, parseFields } from "./parse-fields.js";

/**
 * A message in the form in which every decoder should think the same of it: also the official SDK, which merges nothing and
 * knows no defaults of maps. By the rules of protobuf a message that stands twice means what the two mean when joined, so the
 * bytes of what has to be merged are joined, what is overruled or unknown is dropped, and what is left to defaults spelt out.
 *
 * @throws Error where the message is malformed, or holds what our codecs refuse: numbers that JSON does not have, and
 * integers beyond 2^53
 */
export function normalForm(message: Message, bytes: Uint8Array): Buffer {
  const fields = parseFields(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return Buffer.concat(message.fields.map((field) => normalField(field, message, fields)));
}

function normalField(field: NamedField, message: Message, fields: readonly Parsed[]): Buffer {
  const { number, type, presence } = field;
  const all = fields.filter((each) => each.number === number);
  const whole = all.filter(({ wireType }) => wireType === (isVarint(type) ? 0 : 2));
  if (presence === "map") return join(whole, (one) => tagged(number, normalEntry(type, one.bytes)));
  if (presence === "repeated") {
    const items = isVarint(type) ? all.flatMap(unpacked) : whole;
    return join(items, (one) => normalValue(number, type, [one]));
  }
  const last = whole.filter((one) => !isOverruled(one, field, message, fields));
  // What is overruled must be well-formed all the same.
  const value = normalValue(number, type, whole);
  if (last.length === 0) return Buffer.alloc(0);
  return last.length === whole.length ? value : normalValue(number, type, last);
}

const join = (fields: readonly Parsed[], encode: (field: Parsed) => Buffer) => Buffer.concat(fields.map(encode));

/** Whether another field of the same oneof comes later. */
function isOverruled(one: Parsed, field: NamedField, message: Message, fields: readonly Parsed[]): boolean {
  if (field.oneof === undefined) return false;
  const later = fields.slice(fields.indexOf(one) + 1).filter(({ wireType }) => wireType === 2);
  return later.some(({ number }) => number !== field.number && message.byNumber.get(number)?.oneof === field.oneof);
}

function unpacked(field: Parsed): readonly Parsed[] {
  const { number, wireType, bytes } = field;
  if (wireType !== 2) return wireType === 0 ? [field] : [];
  const items: Parsed[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const length = rest.findIndex((byte) => byte < 0x80) + 1 || rest.length;
    const one = parseFields(Buffer.concat([Buffer.of(8), rest.subarray(0, length)]));
    items.push(...one.map((item) => ({ ...item, number })));
    rest = rest.subarray(length);
  }
  return items;
}

/** One field for all those of a number. */
function normalValue(number: number, type: FieldType, all: readonly Parsed[]): Buffer {
  const last = all.at(-1);
  if (isVarint(type)) {
    if (type === "int64") for (const { bytes } of all) checkSafe(bytes);
    return Buffer.concat([base128(number * 8), last?.bytes ?? Buffer.of(0)]);
  }
  if (type === "string") for (const { bytes } of all) checkText(bytes);
  if (type === "string" || type === "bytes") return tagged(number, last?.bytes ?? Buffer.alloc(0));
  const normal = (bytes: Buffer) => (type === "struct" ? normalStruct(bytes) : normalForm(type as Message, bytes));
  return tagged(number, merged(all, normal));
}

/** Parts are joined; but each must be well-formed by itself. */
function merged(parts: readonly Parsed[], normal: (bytes: Buffer) => Buffer): Buffer {
  if (parts.length > 1) for (const { bytes } of parts) normal(bytes);
  return normal(join(parts, ({ bytes }) => bytes));
}

function checkSafe(varint: Buffer): void {
  const value = varint.reduceRight((sum, byte) => (sum << 7n) | BigInt(byte & 0x7f), 0n);
  if (!Number.isSafeInteger(Number(BigInt.asIntN(64, value)))) throw new Error("the integer is beyond 2^53");
}

function checkText(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new Error("the string is not valid UTF-8");
}

function normalEntry(type: FieldType, bytes: Buffer): Buffer {
  const wireType = isVarint(type) ? 0 : 2;
  return Buffer.concat([normalValue(1, "string", nested(bytes, 1)), normalValue(2, type, nested(bytes, 2, wireType))]);
}

function normalStruct(bytes: Buffer): Buffer {
  return join(nested(bytes, 1), (entry) => {
    const key = normalValue(1, "string", nested(entry.bytes, 1));
    return tagged(1, Buffer.concat([key, tagged(2, merged(nested(entry.bytes, 2), normalJson))]));
  });
}

function nested(bytes: Buffer, wanted: number, wireType = 2): readonly Parsed[] {
  return parseFields(bytes).filter((field) => field.number === wanted && field.wireType === wireType);
}

/** The wire type of each kind of Value, by field number. */
const KINDS = [undefined, 0, 1, 2, 0, 2, 2];

function normalJson(bytes: Buffer): Buffer {
  const fields = parseFields(bytes).filter(({ number, wireType }) => KINDS[number] === wireType);
  for (const field of fields) check(field);
  const last = fields.at(-1);
  if (last === undefined) return Buffer.of(8, 0);
  const { number, wireType } = last;
  const run = fields.slice(fields.findLastIndex((field) => field.number !== number) + 1);
  if (number === 1) return Buffer.of(8, 0);
  if (number === 4) return Buffer.of(32, last.bytes.some((byte) => (byte & 0x7f) !== 0) ? 1 : 0);
  if (number === 5) return tagged(5, merged(run, normalStruct));
  if (number === 6) return tagged(6, merged(run, normalList));
  return wireType === 2 ? tagged(number, last.bytes) : Buffer.concat([base128(number * 8 + wireType), last.bytes]);
}

/** What is overruled must be well-formed all the same. */
function check({ number, bytes }: Parsed): void {
  if (number === 2 && !Number.isFinite(bytes.readDoubleLE())) throw new Error("the number is not finite");
  if (number === 3) checkText(bytes);
  if (number === 5) normalStruct(bytes);
  if (number === 6) normalList(bytes);
}

function normalList(bytes: Buffer): Buffer {
  return join(nested(bytes, 1), (value) => tagged(1, normalJson(value.bytes)));
}

function tagged(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([base128(number * 8 + 2), base128(bytes.length), bytes]);
}

function base128(value: number): Buffer {
  return value < 0x80
    ? Buffer.of(value)
    : Buffer.concat([Buffer.of((value % 0x80) + 0x80), base128(Math.floor(value / 0x80))]);
}
