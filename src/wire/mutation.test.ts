import {
  RunFunctionRequest as SdkRequest,
  RunFunctionResponse as SdkResponse,
} from "@crossplane-org/function-sdk-typescript";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bothCodecs } from "../../test/support/both-codecs.js";
import { Capability, Ready, Severity, Status, Target } from "./enums.js";
import { type FieldType, isVarint, type Message, type NamedField } from "./message.js";
import { runFunctionRequest, runFunctionResponse } from "./run-function.js";
import { encodeRequest, encodeResponse } from "./run-function-codec.js";
import { WireError } from "./wire-error.js";

/** How many broken messages of each kind are tried; raise it for a longer search. */
const RUNS = 500;

const object = {
  apiVersion: "v1",
  metadata: { name: "é", labels: { a: "b" } },
  spec: { list: [1, "two", [], { three: -0.5 }, null], yes: true, no: false, none: {} },
};
const bytes = Uint8Array.of(0, 128, 255);
const state = {
  composite: { resource: object, connectionDetails: { user: bytes, none: new Uint8Array(0) }, ready: Ready.True },
  resources: { bucket: { resource: object, ready: Ready.False }, role: {} },
};

const request = encodeRequest({
  meta: { tag: "tag", capabilities: [Capability.Capabilities, Capability.Conditions, -1] },
  observed: state,
  desired: { resources: { a: {}, b: { resource: {} } } },
  input: { a: 1 },
  context: {},
  extraResources: { old: { items: [{}] } },
  credentials: { aws: { credentialData: { data: { key: bytes } } } },
  requiredResources: { vpc: { items: [{ resource: object }, {}] }, none: {} },
  requiredSchemas: { pod: { openapiV3: object }, none: {} },
});

const response = encodeResponse({
  meta: { tag: "tag", ttl: { seconds: -60, nanos: -5 } },
  desired: state,
  results: [{ severity: Severity.Warning, message: "m", reason: "R", target: Target.CompositeAndClaim }, {}],
  context: { a: [{}] },
  requirements: {
    extraResources: { old: { apiVersion: "v1", kind: "Old", matchName: "name" } },
    resources: { vpc: { matchLabels: { labels: { a: "b" } }, namespace: "" } },
    schemas: { pod: { apiVersion: "v1", kind: "Pod" } },
  },
  conditions: [{ type: "T", status: Status.False, reason: "R", message: "m", target: Target.Composite }],
  output: { b: "c" },
});

type Mutation = (bytes: Buffer) => Buffer;

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const length = fc.nat({ max: 30 });
const index = (bytes: Buffer, where: number) => Math.floor(where * bytes.length);
const nothing = Buffer.alloc(0);

function replace(bytes: Buffer, start: number, count: number, by: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, start), by, bytes.subarray(start + count)]);
}

const mutations: fc.Arbitrary<Mutation>[] = [
  // one byte
  fc.tuple(place, fc.nat({ max: 255 })).map(
    ([where, byte]) =>
      (b) =>
        replace(b, index(b, where), 1, Buffer.of(byte)),
  ),
  // one bit
  fc.tuple(place, fc.nat({ max: 7 })).map(([where, bit]) => (b) => {
    return replace(b, index(b, where), 1, Buffer.of((b[index(b, where)] ?? 0) ^ (1 << bit)));
  }),
  // some bytes more
  fc.tuple(place, fc.uint8Array({ maxLength: 6 })).map(
    ([where, more]) =>
      (b) =>
        replace(b, index(b, where), 0, more),
  ),
  // some bytes less
  fc.tuple(place, length).map(
    ([where, count]) =>
      (b) =>
        replace(b, index(b, where), count, nothing),
  ),
  // a part twice
  fc.tuple(place, place, length).map(([where, from, count]) => (b) => {
    return replace(b, index(b, where), 0, b.subarray(index(b, from), index(b, from) + count));
  }),
  // cut short
  place.map((where) => (b) => b.subarray(0, index(b, where))),
  // the whole twice, which merges it with itself
  fc.constant((b) => Buffer.concat([b, b])),
];

const broken = (valid: Uint8Array) =>
  fc
    .array(fc.oneof(...mutations), { minLength: 1, maxLength: 3 })
    .map((list) => list.reduce<Buffer>((bytes, mutate) => mutate(bytes), Buffer.from(valid)));

const kinds = bothCodecs.flatMap(({ name, decodeRequest, decodeResponse }) => [
  {
    name: `requests, the ${name} codec`,
    valid: request,
    message: runFunctionRequest,
    decode: decodeRequest,
    sdk: SdkRequest,
  },
  {
    name: `responses, the ${name} codec`,
    valid: response,
    message: runFunctionResponse,
    decode: decodeResponse,
    sdk: SdkResponse,
  },
]);

describe.each(kinds)("of broken $name", ({ valid, message, decode, sdk }) => {
  test("what is well-formed means the same to us as to the reference, and the rest is refused", () => {
    let decoded = 0;
    const property = fc.property(broken(valid), (bytes) => {
      const reference = outcome(() => structuredClone(sdk.decode(normal(message, bytes))));
      const ours = outcome(() => decode(bytes));
      if (reference.error) return void expect(ours.error).toBeInstanceOf(WireError);
      decoded++;
      expect(ours).toEqual(reference);
    });
    fc.assert(property, { numRuns: RUNS });
    expect(decoded).toBeGreaterThan(RUNS / 10);
  });
});

function outcome(decode: () => unknown): { value?: unknown; error?: unknown } {
  try {
    return { value: decode() };
  } catch (error) {
    return { error };
  }
}

// The reference. By the rules of protobuf a message that stands twice means what the two mean when joined, so we join
// the bytes of what has to be merged, drop what is overruled or unknown and spell out what is left to defaults. Of the
// message that this makes, every decoder should think the same: also the SDK, which merges nothing and knows no
// defaults of maps.

type Parsed = { number: number; wireType: number; value: bigint; bytes: Buffer };

function parse(bytes: Buffer, group?: number): { fields: Parsed[]; end: number } {
  const fields: Parsed[] = [];
  let position = 0;
  const take = (length: number): Buffer => {
    if (position + length > bytes.length) throw new Error("truncated");
    position += length;
    return bytes.subarray(position - length, position);
  };
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = BigInt(take(1).readUInt8());
      value |= (byte & 0x7fn) << shift;
      if (byte < 0x80n && value < 2n ** 64n) return value;
    }
    throw new Error("varint");
  };
  while (position < bytes.length) {
    const tag = Number(varint());
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (number === 0 || number >= 2 ** 29) throw new Error("field number");
    const start = position;
    if (wireType === 0) fields.push({ number, wireType, value: varint(), bytes: bytes.subarray(start, position) });
    else if (wireType === 1) fields.push({ number, wireType, value: 0n, bytes: take(8) });
    else if (wireType === 2) fields.push({ number, wireType, value: 0n, bytes: take(Number(varint())) });
    else if (wireType === 5) fields.push({ number, wireType, value: 0n, bytes: take(4) });
    else if (wireType === 3) take(parse(bytes.subarray(position), number).end);
    else if (wireType === 4 && number === group) return { fields, end: position };
    else throw new Error("wire type");
  }
  if (group !== undefined) throw new Error("open group");
  return { fields, end: position };
}

function normal(message: Message, bytes: Buffer): Buffer {
  const { fields } = parse(bytes);
  return Buffer.concat(
    message.fields.map((field) => {
      const all = fields.filter(({ number }) => number === field.number);
      const whole = all.filter(({ wireType }) => wireType === (isVarint(field.type) ? 0 : 2));
      if (field.presence === "map")
        return join(whole, (one) => tagged(field.number, normalEntry(field.type, one.bytes)));
      if (field.presence === "explicit" || field.presence === "implicit") {
        const value = normalValue(field.number, field.type, whole);
        const last = whole.filter((one) => !isOverruled(one, field, message, fields));
        return last.length === 0
          ? Buffer.alloc(0)
          : last.length === whole.length
            ? value
            : normalValue(field.number, field.type, last);
      }
      if (!isVarint(field.type)) return join(whole, (one) => normalValue(field.number, field.type, [one]));
      const unpacked = all.flatMap((one) => (one.wireType === 2 ? unpack(one) : one.wireType === 0 ? [one] : []));
      return join(unpacked, (one) => normalValue(field.number, field.type, [one]));
    }),
  );
}

const join = (fields: Parsed[], encode: (field: Parsed) => Buffer) => Buffer.concat(fields.map(encode));

/** Whether another field of the same oneof comes later. */
function isOverruled(one: Parsed, field: NamedField, message: Message, fields: Parsed[]): boolean {
  if (field.oneof === undefined) return false;
  const later = fields.slice(fields.indexOf(one) + 1).filter(({ wireType }) => wireType === 2);
  return later.some(({ number }) => number !== field.number && message.byNumber.get(number)?.oneof === field.oneof);
}

function unpack({ number, bytes }: Parsed): Parsed[] {
  const fields: Parsed[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const length = rest.findIndex((byte) => byte < 0x80) + 1 || rest.length;
    const { fields: one } = parse(Buffer.concat([Buffer.of(8), rest.subarray(0, length)]));
    fields.push(...one.map((field) => ({ ...field, number })));
    rest = rest.subarray(length);
  }
  return fields;
}

/** One field for all those of a number. */
function normalValue(number: number, type: FieldType, all: Parsed[]): Buffer {
  const last = all.at(-1);
  if (isVarint(type)) {
    if (type === "int64") for (const { value } of all) checkSafe(value);
    return Buffer.concat([base128(number * 8), last?.bytes ?? Buffer.of(0)]);
  }
  if (type === "string") for (const { bytes } of all) checkText(bytes);
  if (type === "string" || type === "bytes") return tagged(number, last?.bytes ?? Buffer.alloc(0));
  return tagged(
    number,
    merged(all, (bytes) => (type === "struct" ? normalStruct(bytes) : normal(type as Message, bytes))),
  );
}

/** Parts are joined; but each must be well-formed by itself. */
function merged(parts: Parsed[], normalise: (bytes: Buffer) => Buffer): Buffer {
  if (parts.length > 1) for (const { bytes } of parts) normalise(bytes);
  return normalise(join(parts, ({ bytes }) => bytes));
}

function checkSafe(value: bigint): void {
  if (!Number.isSafeInteger(Number(BigInt.asIntN(64, value)))) throw new Error("unsafe integer");
}

const checkText = (bytes: Buffer) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

function normalEntry(type: FieldType, bytes: Buffer): Buffer {
  return Buffer.concat([normalValue(1, "string", nested(bytes, 1)), normalValue(2, type, nested(bytes, 2))]);
}

function normalStruct(bytes: Buffer): Buffer {
  return join(nested(bytes, 1), (entry) => {
    const key = normalValue(1, "string", nested(entry.bytes, 1));
    return tagged(1, Buffer.concat([key, tagged(2, merged(nested(entry.bytes, 2), normalJson))]));
  });
}

const nested = (bytes: Buffer, wanted: number) =>
  parse(bytes).fields.filter(({ number, wireType }) => number === wanted && wireType === 2);

/** The wire type of each kind of Value, by field number. */
const KINDS = [undefined, 0, 1, 2, 0, 2, 2];

function normalJson(bytes: Buffer): Buffer {
  const fields = parse(bytes).fields.filter(({ number, wireType }) => KINDS[number] === wireType);
  for (const field of fields) check(field);
  const last = fields.at(-1);
  if (last === undefined) return Buffer.of(8, 0);
  const { number, wireType } = last;
  const run = fields.slice(fields.findLastIndex((field) => field.number !== number) + 1);
  if (number === 5) return tagged(5, merged(run, normalStruct));
  if (number === 6) return tagged(6, merged(run, normalList));
  return wireType === 2 ? tagged(number, last.bytes) : Buffer.concat([base128(number * 8 + wireType), last.bytes]);
}

/** What is overruled must be well-formed all the same. */
function check({ number, bytes }: Parsed): void {
  if (number === 2 && !Number.isFinite(bytes.readDoubleLE())) throw new Error("not finite");
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
