import { describe, expect, test } from "vitest";
import { bothCodecs } from "../../test/support/wire/both-codecs.js";
import { Ready } from "./enums.js";
import { WireError } from "./wire-error.js";
import { tagOf } from "./wire-type.js";

const varint = (number: number, ...value: number[]) => [tagOf(number, 0), ...value];
const nested = (number: number, ...parts: (number[] | string)[]): number[] => {
  const bytes = parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part)] : part));
  return [tagOf(number, 2), bytes.length, ...bytes];
};
const of = (...parts: number[][]) => Uint8Array.from(parts.flat());

const MINUS_ONE = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
const EMPTY = [0x12, 0x00];

describe.each(bothCodecs)("the $name codec, of requests", ({ decodeRequest }) => {
  const absent = {
    meta: undefined,
    observed: undefined,
    desired: undefined,
    input: undefined,
    context: undefined,
    extraResources: {},
    credentials: {},
    requiredResources: {},
    requiredSchemas: {},
  };
  const meta = (...parts: number[][]) => of(nested(1, ...parts));
  const observed = (...parts: number[][]) => of(nested(2, ...parts));

  const cases: Record<string, { reason: string; bytes: Uint8Array; want: object }> = {
    "no bytes": { reason: "absent fields have their defaults", bytes: of(), want: absent },
    "an unknown varint": { reason: "unknown fields are skipped", bytes: of([0x78, ...MINUS_ONE]), want: absent },
    "an unknown fixed64": { reason: "likewise", bytes: of([0x79, 1, 2, 3, 4, 5, 6, 7, 8]), want: absent },
    "an unknown fixed32": { reason: "likewise", bytes: of([0x7d, 1, 2, 3, 4]), want: absent },
    "unknown bytes": { reason: "likewise", bytes: of([0x7a, 2, 0xff, 0xff]), want: absent },
    "an unknown group": {
      reason: "groups nest, and hold fields of each wire type",
      bytes: of([0x7b, 0x0b, 0x08, 0x01, 0x0c, 0x12, 0x01, 0x7c, 0x7c]),
      want: absent,
    },
    "a known field of another wire type": {
      reason: "is skipped like an unknown one, as in Go",
      bytes: meta([tagOf(1, 0), 5], [tagOf(2, 5), 0, 0, 0, 0]),
      want: { meta: { tag: "", capabilities: [] } },
    },
    "a scalar twice": {
      reason: "the last one wins",
      bytes: meta(nested(1, "first"), nested(1, "last")),
      want: { meta: { tag: "last" } },
    },
    "an empty string after another": {
      reason: "the last one wins, also where it is the default",
      bytes: meta(nested(1, "first"), nested(1)),
      want: { meta: { tag: "" } },
    },
    "a message twice": {
      reason: "its parts are merged",
      bytes: of(nested(1, nested(1, "tag")), nested(1, varint(2, 1))),
      want: { meta: { tag: "tag", capabilities: [1] } },
    },
    "a Struct twice": {
      reason: "its fields are merged, and the last entry of a key replaces what was there",
      bytes: of(
        nested(4, nested(1, nested(1, "a"), nested(2, varint(4, 1))), nested(1, nested(1, "b"), nested(2, EMPTY))),
        nested(4, nested(1, nested(1, "b"), nested(2, nested(3, "B")))),
      ),
      want: { input: { a: true, b: "B" } },
    },
    "packed enums": {
      reason: "proto3 packs them",
      bytes: meta(nested(2, [1, 2])),
      want: { meta: { capabilities: [1, 2] } },
    },
    "unpacked enums": {
      reason: "a reader takes both, also mixed",
      bytes: meta(varint(2, 1), nested(2, [2, 3]), varint(2, 4)),
      want: { meta: { capabilities: [1, 2, 3, 4] } },
    },
    "an unknown enum": { reason: "enums are open", bytes: meta(varint(2, 99)), want: { meta: { capabilities: [99] } } },
    "a negative enum": {
      reason: "it takes ten bytes",
      bytes: observed(nested(1, varint(3, ...MINUS_ONE))),
      want: { observed: { composite: { ready: -1 } } },
    },
    "an enum of more than 32 bits": {
      reason: "the higher ones are cut off",
      bytes: observed(nested(1, varint(3, 0x81, 0x80, 0x80, 0x80, 0x70))),
      want: { observed: { composite: { ready: Ready.True } } },
    },
    "varints longer than they need be": {
      reason: "they are valid, up to ten bytes: here a tag, a length and a value",
      bytes: of([0x92, 0x00, 0x88, 0x80, 0x00, 0x8a, 0x80, 0x00, 0x83, 0x00], varint(3, 0x81, 0x00)),
      want: { observed: { composite: { ready: Ready.True } } },
    },
    "the entry of a key twice": {
      reason: "the last one wins whole: values of two entries are not merged",
      bytes: observed(
        nested(2, nested(1, "a"), nested(2, varint(3, 1))),
        nested(2, nested(1, "a"), nested(2, nested(2, nested(1, "k"), nested(2, "v")))),
      ),
      want: { observed: { resources: { a: { ready: 0, connectionDetails: { k: Uint8Array.from([0x76]) } } } } },
    },
    "an entry with its value twice": {
      reason: "within one entry they are merged",
      bytes: observed(nested(2, nested(2, varint(3, 1)), nested(1, "a"), nested(2, nested(1)))),
      want: { observed: { resources: { a: { ready: 1, resource: {} } } } },
    },
    "an empty entry": {
      reason: "key and value have their defaults",
      bytes: observed(nested(2), nested(1, nested(2))),
      want: {
        observed: { resources: { "": { ready: 0 } }, composite: { connectionDetails: { "": new Uint8Array(0) } } },
      },
    },
    "required resources that were not found": {
      reason: "that Crossplane has looked and found none is not the same as not having looked",
      bytes: of(nested(8, nested(1, "vpc"), nested(2)), nested(9, nested(1, "schema"))),
      want: { requiredResources: { vpc: { items: [] } }, requiredSchemas: { schema: { openapiV3: undefined } } },
    },
  };

  test.each(Object.entries(cases))("takes %s", (_name, { reason, bytes, want }) => {
    expect(decodeRequest(bytes), reason).toMatchObject(want);
  });

  const refused: Record<string, { bytes: Uint8Array; message: RegExp; path?: string }> = {
    "a message cut short": { bytes: of([0x0a, 0x05, 0x0a]), message: /cut short.*\(byte 2 of 3\)/ },
    "a varint cut short": { bytes: of([0x78, 0xff]), message: /cut short/ },
    "a tag cut short": { bytes: of([0xff]), message: /cut short/ },
    "a fixed64 cut short": { bytes: of([0x79, 1, 2, 3, 4]), message: /cut short/ },
    "a field that leaves its message": {
      bytes: of([0x0a, 0x02, 0x0a, 0x05], [1, 2, 3, 4, 5]),
      message: /cut short/,
      path: "meta.tag",
    },
    "a length of 2^32": { bytes: of([0x0a, 0x80, 0x80, 0x80, 0x80, 0x10]), message: /cut short/ },
    "wire type 6": { bytes: of([0x7e]), message: /no wire type 6/ },
    "wire type 7": { bytes: of([0x0f]), message: /no wire type 7/ },
    "field number 0": { bytes: of([0x00]), message: /no such field number/ },
    "a tag beyond 32 bits": { bytes: of([0x8a, 0x80, 0x80, 0x80, 0x10, 0x00]), message: /no such field number/ },
    "the end of no group": { bytes: of([0x7c]), message: /a group ends that has not begun/ },
    "the end of another group": { bytes: of([0x7b, 0x74]), message: /a group ends that has not begun/ },
    "a group without end": { bytes: of([0x7b, 0x08, 0x01]), message: /cut short/ },
    "a varint of eleven bytes": { bytes: of([0x78], Array(10).fill(0x80), [0x00]), message: /more than 64 bits/ },
    "a varint of 65 bits": { bytes: of([0x78], Array(9).fill(0x80), [0x02]), message: /more than 64 bits/ },
    "a string of no UTF-8": { bytes: meta(nested(1, [0xc3, 0x28])), message: /not valid UTF-8/, path: "meta.tag" },
    "half a surrogate pair": {
      bytes: meta(nested(1, [0xed, 0xa0, 0x80])),
      message: /not valid UTF-8/,
      path: "meta.tag",
    },
    "an error deep within": {
      bytes: observed(
        nested(2, nested(1, "my-bucket"), nested(2, nested(1, nested(1, nested(1, "spec"), [0x12, 0x7f])))),
      ),
      message:
        /^cannot decode RunFunctionRequest at observed\.resources\["my-bucket"\]\.resource\.spec: a field is cut short/,
      path: 'observed.resources["my-bucket"].resource.spec',
    },
  };

  test.each(Object.entries(refused))("refuses %s", (_name, { bytes, message, path }) => {
    const error = caught(() => decodeRequest(bytes));
    expect(error).toBeInstanceOf(WireError);
    expect(error).toMatchObject({ message: expect.stringMatching(message), path: path ?? expect.any(String) });
  });

  test("keeps __proto__ as a key like any other", () => {
    const request = decodeRequest(
      of(
        nested(2, nested(2, nested(1, "__proto__"), nested(2, varint(3, 1)))),
        nested(4, nested(1, nested(1, "__proto__"), nested(2, nested(5, nested(1, nested(1, "polluted")))))),
      ),
    );
    expect(Object.keys(request.observed?.resources ?? {})).toEqual(["__proto__"]);
    expect(Object.entries(request.input ?? {})).toEqual([["__proto__", { polluted: null }]]);
    expect(Object.getPrototypeOf(request.input)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("keeps nothing of the bytes it was given", () => {
    const bytes = Buffer.from(observed(nested(1, nested(2, nested(1, "key"), nested(2, "value")))));
    const request = decodeRequest(bytes);
    bytes.fill(0);
    const details = request.observed?.composite?.connectionDetails["key"];
    expect(details).toEqual(Uint8Array.from(Buffer.from("value")));
    expect(details?.buffer.byteLength).toBe(5);
  });

  test("refuses a message above the limit", () => {
    const bytes = meta(nested(1, "tag"));
    expect(decodeRequest(bytes, { maxBytes: bytes.length }).meta?.tag).toBe("tag");
    expect(() => decodeRequest(bytes, { maxBytes: 6 })).toThrow(
      "cannot decode RunFunctionRequest: it has 7 bytes, above the limit of 6 (maxBytes)",
    );
  });
});

describe.each(bothCodecs)("the $name codec, of responses", ({ decodeResponse }) => {
  const ttl = (...value: number[]) => of(nested(1, nested(2, varint(1, ...value))));

  test.each([
    ["-1", MINUS_ONE, -1],
    ["2^53 - 1", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f], Number.MAX_SAFE_INTEGER],
    ["1 - 2^53", [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0xf0, 0xff, 0x01], Number.MIN_SAFE_INTEGER],
    ["2^32", [0x80, 0x80, 0x80, 0x80, 0x10], 2 ** 32],
  ])("takes %s seconds", (_name, value, want) => {
    expect(decodeResponse(ttl(...value)).meta?.ttl).toEqual({ seconds: want, nanos: 0 });
  });

  test("refuses seconds that a number cannot tell apart", () => {
    const bytes = ttl(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10);
    expect(() => decodeResponse(bytes)).toThrow(
      "cannot decode RunFunctionResponse at meta.ttl.seconds: the integer is beyond 2^53 (byte 13 of 13)",
    );
  });

  test("takes the last field of a oneof, and of optional ones an empty one", () => {
    const selector = (...parts: number[][]) => of(nested(5, nested(2, nested(1, "a"), nested(2, ...parts))));
    const byName = nested(3, "name");
    const byLabels = nested(4, nested(1, nested(1, "k"), nested(2, "v")));
    const decoded = (...parts: number[][]) => decodeResponse(selector(...parts)).requirements?.resources["a"];
    expect(decoded(byLabels, byName)).toMatchObject({ matchName: "name", matchLabels: undefined });
    expect(decoded(byLabels, byName, nested(4))).toMatchObject({ matchName: undefined, matchLabels: { labels: {} } });
    expect(decoded(nested(5))).toMatchObject({ namespace: "", matchName: undefined });
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
