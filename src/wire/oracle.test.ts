import {
  RunFunctionRequest as SdkRequest,
  RunFunctionResponse as SdkResponse,
} from "@crossplane-org/function-sdk-typescript";
import fc from "fast-check";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, test } from "vitest";
import { bothCodecs } from "../../test/support/wire/both-codecs.js";
import { readStruct } from "./decode-struct.js";
import { writeStruct } from "./encode-struct.js";
import { type Init } from "./init.js";
import { type JsonObject, type JsonValue } from "./json.js";
import { type Field, type FieldType, type Message } from "./message.js";
import { Reader } from "./reader.js";
import { type RunFunctionRequest } from "./request.js";
import { type RunFunctionResponse } from "./response.js";
import { runFunctionRequest, runFunctionResponse } from "./run-function.js";
import { Trail } from "./trail.js";
import { Writer } from "./writer.js";

/** How many cases each property is tried with; raise it for a longer search. */
const RUNS = 150;

// `__proto__` has cases of its own: the oracles lose it.
const text = fc.oneof(
  { arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }), weight: 3 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 200 }), weight: 1 },
);
const key = text.filter((key) => key !== "__proto__");
const number = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((value) => Number.isSafeInteger(value) || !Number.isInteger(value));

const { object } = fc.letrec<{ object: JsonObject; value: JsonValue }>((tie) => ({
  object: fc.dictionary(key, tie("value"), { maxKeys: 6, noNullPrototype: true }),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(text, number, fc.integer(), fc.boolean(), fc.constant(null)),
    tie("object"),
    fc.array(tie("value"), { maxLength: 6 }),
  ),
}));

/** Messages with any of their fields, optional ones absent or present. */
function messages<M>(message: Message<M>): fc.Arbitrary<M> {
  const fields = message.fields.map((field) => [field.name, fieldValues(field)] as const);
  return fc.record(Object.fromEntries(fields)).map((value) => withOneOfEach(message, value) as M);
}

function fieldValues({ presence, type }: Field): fc.Arbitrary<unknown> {
  switch (presence) {
    case "map":
      return fc.dictionary(key, values(type), { maxKeys: 3, noNullPrototype: true });
    case "repeated":
      return fc.array(values(type), { maxLength: 3 });
    case "explicit":
      return fc.option(values(type), { nil: undefined });
    case "implicit":
      return values(type);
  }
}

function values(type: FieldType): fc.Arbitrary<unknown> {
  switch (type) {
    case "string":
      return text;
    case "bytes":
      return fc.uint8Array({ maxLength: 40 });
    case "enum":
      return fc.oneof(fc.nat({ max: 5 }), fc.integer());
    case "int32":
      return fc.integer();
    case "int64":
      return fc.maxSafeInteger();
    case "struct":
      return object;
    default:
      return messages(type);
  }
}

function withOneOfEach(message: Message, value: Record<string, unknown>): Record<string, unknown> {
  const given = message.fields.filter(({ name, oneof }) => oneof !== undefined && value[name] !== undefined);
  for (const { name } of given.slice(1)) value[name] = undefined;
  return value;
}

/** A clone, in which each Buffer is a Uint8Array. */
const withoutBuffers = structuredClone;

function encodeStruct(value: object): Uint8Array {
  const writer = new Writer(new Trail("encode Struct"));
  writeStruct(writer, value);
  return writer.finish();
}

function decodeStruct(bytes: Uint8Array): JsonObject {
  const writer = new Writer(new Trail("encode bytes"));
  writer.bytes(bytes);
  return readStruct(new Reader(writer.finish(), new Trail("decode Struct")));
}

describe.each(bothCodecs)(
  "the official SDK and the $name codec",
  ({ decodeRequest, encodeRequest, decodeResponse, encodeResponse }) => {
    test("reads each request that we write", () => {
      const property = fc.property(messages(runFunctionRequest), (request) => {
        expect(withoutBuffers(SdkRequest.decode(encodeRequest(request)))).toEqual(request);
      });
      fc.assert(property, { numRuns: RUNS });
    });

    test("writes requests that we read", () => {
      const property = fc.property(messages(runFunctionRequest), (request) => {
        const bytes = SdkRequest.encode(request as SdkRequest).finish();
        expect(decodeRequest(bytes)).toEqual(request);
      });
      fc.assert(property, { numRuns: RUNS });
    });

    test("reads each response that we write", () => {
      const property = fc.property(messages(runFunctionResponse), (response) => {
        expect(withoutBuffers(SdkResponse.decode(encodeResponse(response)))).toEqual(response);
      });
      fc.assert(property, { numRuns: RUNS });
    });

    test("writes responses that we read", () => {
      const property = fc.property(messages(runFunctionResponse), (response) => {
        const bytes = SdkResponse.encode(response as SdkResponse).finish();
        expect(decodeResponse(bytes)).toEqual(response);
      });
      fc.assert(property, { numRuns: RUNS });
    });

    test("has messages that fit our types, and we theirs but for readonly lists and Buffers", () => {
      const request: RunFunctionRequest = SdkRequest.create();
      const response: RunFunctionResponse = SdkResponse.create();
      const partial: Init<RunFunctionResponse> = { results: [{ message: "hello" }], desired: { resources: {} } };
      expect(decodeRequest(encodeRequest(request))).toEqual(request);
      expect(decodeResponse(encodeResponse(response))).toEqual(response);
      expect(SdkResponse.decode(encodeResponse(partial))).toEqual(SdkResponse.fromPartial(partial as object));
    });
  },
);

describe("google-protobuf", () => {
  test("reads each Struct that we write", () => {
    const property = fc.property(object, (value) => {
      expect(Struct.deserializeBinary(encodeStruct(value)).toJavaScript()).toEqual(value);
    });
    fc.assert(property, { numRuns: RUNS });
  });

  test("writes Structs that we read", () => {
    const property = fc.property(object, (value) => {
      const bytes = Struct.fromJavaScript(value as Record<string, JavaScriptValue>).serializeBinary();
      expect(decodeStruct(bytes)).toEqual(value);
    });
    fc.assert(property, { numRuns: RUNS });
  });
});

describe.each(bothCodecs)("our own reader, with the $name codec", ({ decodeResponse, encodeResponse }) => {
  test("reads what our writer wrote, to the same bytes", () => {
    const property = fc.property(messages(runFunctionResponse), (response) => {
      const bytes = encodeResponse(response);
      const decoded = decodeResponse(bytes);
      expect(decoded).toEqual(response);
      expect(Buffer.from(encodeResponse(decoded)).equals(bytes)).toBe(true);
    });
    fc.assert(property, { numRuns: RUNS });
  });
});
