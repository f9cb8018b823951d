import { describe, expect, test } from "vitest";
import { bothCodecs } from "../../test/support/wire/both-codecs.js";
import { Ready, Severity } from "./enums.js";
import { type Init } from "./init.js";
import { type ResourceSelector } from "./requirements.js";
import { type RunFunctionResponse } from "./response.js";
import { type encodeResponse as Encode } from "./run-function-codec.js";
import { WireError } from "./wire-error.js";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe.each(bothCodecs)("the $name codec", ({ decodeResponse, encodeRequest, encodeResponse }) => {
  test("leaves out defaults, and keeps what is optional and given", () => {
    expect(hex(encodeResponse({}))).toBe("");
    expect(hex(encodeResponse({ meta: { tag: "" }, results: [], desired: undefined }))).toBe("0a00");
    expect(hex(encodeResponse({ results: [{ severity: Severity.Unspecified, message: "", reason: "" }] }))).toBe(
      "1a021a00",
    );
    expect(hex(encodeResponse({ results: [{ target: 0 }], context: {} }))).toBe("1a0220002200");
  });

  test("writes fields by number and map entries by key, whole", () => {
    const response = { output: {}, desired: { resources: { b: {}, a: { ready: Ready.True } } } };
    expect(hex(encodeResponse(response))).toBe("1210" + "12070a0161120218011205" + "0a01621200" + "3a00");
  });

  test("gives equal values equal bytes, in whatever order they were built", () => {
    const one = { desired: { resources: { b: {}, a: { resource: { y: { d: 1, c: 2 }, x: 1 } }, é: {}, Z: {} } } };
    const two = { desired: { resources: { Z: {}, é: {}, a: { resource: { x: 1, y: { c: 2, d: 1 } } }, b: {} } } };
    expect(hex(encodeResponse(one))).toBe(hex(encodeResponse(two)));
    expect(Object.keys(decodeResponse(encodeResponse(one)).desired?.resources ?? {})).toEqual(["Z", "a", "b", "é"]);
  });

  test("writes negative numbers in ten bytes", () => {
    const minusOne = "ffffffffffffffffff01";
    expect(hex(encodeResponse({ meta: { ttl: { seconds: -1 } } }))).toBe(`0a0d120b08${minusOne}`);
    expect(hex(encodeResponse({ meta: { ttl: { nanos: -1 } } }))).toBe(`0a0d120b10${minusOne}`);
    expect(hex(encodeResponse({ conditions: [{ status: -1 }] }))).toBe(`320b10${minusOne}`);
  });

  test("packs lists of enums", () => {
    expect(hex(encodeRequest({ meta: { capabilities: [1, 2, 300] } }))).toBe("0a06" + "1204" + "0102ac02");
  });

  test("outgrows its first buffer", () => {
    const resource = { data: "x".repeat(100_000), list: Array.from({ length: 5000 }, (_, i) => `item ${i}`) };
    const response = decodeResponse(encodeResponse({ desired: { composite: { resource } } }));
    expect(response.desired?.composite?.resource).toEqual(resource);
  });

  test("leaves out entries and properties that are undefined", () => {
    const response = { desired: { resources: { a: undefined, b: { connectionDetails: { k: undefined } } } } };
    expect(decodeResponse(encodeResponse(response)).desired?.resources).toEqual({
      b: { resource: undefined, connectionDetails: {}, ready: 0 },
    });
  });

  test("keeps __proto__ as a key like any other", () => {
    const resources = JSON.parse('{"__proto__": {"ready": 1}}') as Record<string, object>;
    const decoded = decodeResponse(encodeResponse({ desired: { resources } })).desired?.resources;
    expect(Object.entries(decoded ?? {})).toEqual([["__proto__", expect.objectContaining({ ready: 1 })]]);
  });

  test("takes any object for a Struct, and the fields of a message only as they are", () => {
    interface Bucket {
      readonly kind: "Bucket";
      readonly spec?: { readonly region: string };
    }
    const resource: Bucket = { kind: "Bucket", spec: { region: "eu-west-1" } };
    const init: Init<RunFunctionResponse> = { desired: { composite: { resource } } };
    expect(decodeResponse(encodeResponse(init)).desired?.composite?.resource).toEqual(resource);
    // @ts-expect-error labels are strings
    const wrong: Init<ResourceSelector> = { matchLabels: { labels: { a: 1 } } };
    expect(() => encodeResponse({ requirements: { resources: { wrong } } })).toThrow(
      "labels.a: the field takes a string",
    );
  });

  const refused: Record<string, { response: unknown; path: string; problem: string }> = {
    "a number for a string": {
      response: { results: [{}, { message: 5 }] },
      path: "results[1].message",
      problem: "the field takes a string, and what is given is of type number",
    },
    "text for bytes": {
      response: { desired: { composite: { connectionDetails: { "my-key": "secret" } } } },
      path: 'desired.composite.connectionDetails["my-key"]',
      problem: "the field takes a Uint8Array, and what is given is of type string",
    },
    "null for a message": {
      response: { desired: { resources: { a: null } } },
      path: "desired.resources.a",
      problem: "the field takes an object, and what is given is null",
    },
    "an object for a list": { response: { results: {} }, path: "results", problem: "the field takes a list" },
    "undefined in a list": { response: { results: [undefined] }, path: "results[0]", problem: "of type undefined" },
    "an enum by name": {
      response: { desired: { composite: { ready: "True" } } },
      path: "desired.composite.ready",
      problem: "the field takes a number",
    },
    "an enum beyond 32 bits": {
      response: { conditions: [{ status: 2 ** 31 }] },
      path: "conditions[0].status",
      problem: "2147483648 is not in the field's range: send a whole number below 2147483648",
    },
    "part of a second": {
      response: { meta: { ttl: { seconds: 1.5 } } },
      path: "meta.ttl.seconds",
      problem: "1.5 is not in the field's range",
    },
    "both fields of a oneof": {
      response: { requirements: { resources: { vpc: { matchName: "x", matchLabels: { labels: {} } } } } },
      path: "requirements.resources.vpc.matchLabels",
      problem: "matchName is given as well, and only one of the two can be sent: leave one out",
    },
    "half a surrogate pair in a key": {
      response: { desired: { resources: { "\ud83d": {} } } },
      path: 'desired.resources["\\ud83d"]',
      problem: "half of a surrogate pair",
    },
  };

  test.each(Object.entries(refused))("refuses %s", (_name, { response, path, problem }) => {
    const encode = () => encodeResponse(response as Parameters<typeof Encode>[0]);
    expect(encode).toThrow(WireError);
    expect(encode).toThrow(expect.objectContaining({ path, message: expect.stringContaining(problem) }));
    expect(encode).toThrow(`cannot encode RunFunctionResponse at ${path}: `);
  });

  test("refuses a response above the limit, and names its largest resources", () => {
    const resources = Object.fromEntries(
      [1, 500, 20, 300, 10].map((length) => [`of-${length}`, { resource: { data: "x".repeat(length) } }]),
    );
    expect(() => encodeResponse({ desired: { resources } }, { maxBytes: 800 })).toThrow(
      'cannot encode RunFunctionResponse: it has 972 bytes, above the limit of 800 (maxBytes): of its 5 desired resources the largest are "of-500" (518 bytes), "of-300" (318 bytes), "of-20" (34 bytes)',
    );
    expect(() => encodeResponse({ output: { a: 1 } }, { maxBytes: 5 })).toThrow(
      /\(maxBytes\): its output has 18 bytes$/,
    );
  });
});
