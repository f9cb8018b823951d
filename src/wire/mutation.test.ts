import {
  RunFunctionRequest as SdkRequest,
  RunFunctionResponse as SdkResponse,
} from "@crossplane-org/function-sdk-typescript";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bothCodecs } from "../../test/support/wire/both-codecs.js";
import { normalForm } from "../../test/support/wire/normal-form.js";
import { Capability, Ready, Severity, Status, Target } from "./enums.js";
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
      const reference = outcome(() => structuredClone(sdk.decode(normalForm(message, bytes))));
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
