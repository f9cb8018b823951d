import { describe, expect, test } from "vitest";
import { whole } from "../../test/support/wire/both-codecs.js";
import { Deferred } from "./deferred.js";
import { asReceived, close } from "./lazy-message.js";
import { LazyResource } from "./lazy-resource.js";
import { codecs, decodeRequest, decodeResponse, encodeRequest, encodeResponse } from "./run-function-codec.js";

const object = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", labels: { a: "b" } },
  status: { conditions: [{ type: "Ready", status: "True", reason: "Available" }, "odd", null] },
};
const key = Buffer.from("key");
const bytes = encodeRequest({
  observed: {
    composite: { resource: object },
    resources: { one: { resource: object, connectionDetails: { key }, ready: 1 }, none: { ready: 2 } },
  },
  desired: { resources: { b: { resource: object, ready: 1 }, a: { resource: { spec: { é: [1, -0, "é"] } } } } },
  context: { b: 1, a: { c: 2 } },
  requiredResources: { found: { items: [{ resource: object }] } },
  requiredSchemas: { pod: { openapiV3: { type: "object" } } },
});
const decode = (given: Uint8Array = bytes) => codecs.lazy.request.decode(given);

describe("what is read", () => {
  test("is the same as what is decoded at once, however it is read", () => {
    expect(whole(decode())).toEqual(decodeRequest(bytes));
    const { observed, context } = decode();
    expect(observed?.resources["one"]?.ready).toBe(1);
    expect(observed?.resources["none"]).toMatchObject({ resource: undefined, connectionDetails: {}, ready: 2 });
    expect(observed?.resources["one"]?.connectionDetails["key"]).toEqual(Uint8Array.from(key));
    expect(observed?.resources["one"]?.resource).toEqual(object);
    expect(context).toEqual({ a: { c: 2 }, b: 1 });
  });

  test("is made once", () => {
    const { observed, context, ...rest } = decode();
    expect(observed?.composite?.resource).toBe(observed?.composite?.resource);
    const message = { context, ...rest };
    expect(message.context).toBe(message.context);
  });

  test("is deferred until then: resources wherever they stand, context and schemas", () => {
    const { observed, desired, requiredResources, requiredSchemas } = decode();
    const resources = [observed?.composite, ...Object.values({ ...observed?.resources, ...desired?.resources })];
    for (const resource of [...resources, requiredResources["found"]?.items[0]]) {
      expect(resource).toBeInstanceOf(LazyResource);
      expect((resource as LazyResource).isRead).toBe(false);
    }
    expect(asReceived(decode(), "context")).toBeInstanceOf(Deferred);
    expect(asReceived(requiredSchemas["pod"] ?? {}, "openapiV3" as never)).toBeInstanceOf(Deferred);
  });

  test("is decoded at once where it comes in parts, which are merged", () => {
    const twice = Buffer.concat([bytes, encodeRequest({ context: { d: 3 }, observed: { composite: { ready: 1 } } })]);
    const request = decode(twice);
    expect(whole(request)).toEqual(decodeRequest(twice));
    expect(request.observed?.composite).not.toBeInstanceOf(Deferred);
    expect(asReceived(request, "context")).toEqual({ a: { c: 2 }, b: 1, d: 3 });
  });
});

test.each([
  { reason: "the first without an object", first: {} },
  { reason: "each with an object", first: { resource: { a: 1 } } },
])("a resource that comes in parts is merged whole: $reason", ({ first }) => {
  const partOf = (resource: object) => [...encodeRequest({ observed: { composite: resource } })].slice(4);
  const composite = (...parts: number[][]) => [0x0a, parts.flat().length, ...parts.flat()];
  const [b, c] = [partOf({ resource: { b: 2 } }), partOf({ resource: { c: 3 } })];
  const observed = [...composite(partOf(first)), ...composite(b, c)];
  const message = Uint8Array.from([0x12, observed.length, ...observed]);
  expect(whole(decode(message)).observed?.composite?.resource).toEqual({ b: 2, c: 3, ...first.resource });
  expect(whole(decode(message))).toEqual(decodeRequest(message));
});

describe("a peek", () => {
  const selection = {
    kind: true,
    metadata: { name: true },
    status: { conditions: { type: true } },
    absent: true,
  } as const;
  const state = () => decode().observed?.composite as LazyResource;

  test("reads what is selected alone, of lists the same of each item", () => {
    const composite = state();
    expect(composite.peek(selection)).toEqual({
      kind: "ConfigMap",
      metadata: { name: "settings" },
      status: { conditions: [{ type: "Ready" }, "odd", null] },
    });
    expect(composite.isRead).toBe(false);
  });

  test("has all of it where it is there", () => {
    const composite = state();
    expect(composite.resource).toEqual(object);
    expect(composite.peek(selection)).toBe(composite.resource);
  });

  test("has a value of another shape as it is, and nothing of no object", () => {
    expect(state().peek({ kind: { name: true }, metadata: { labels: true } })).toEqual({
      kind: "ConfigMap",
      metadata: { labels: { a: "b" } },
    });
    const none = decode().observed?.resources["none"];
    expect(none).toBeInstanceOf(LazyResource);
    expect(none instanceof LazyResource && none.peek(selection)).toBeUndefined();
  });
});

describe("what is passed on", () => {
  test("is copied as it came, read or not, in the order of its names", () => {
    const request = decode();
    expect(request.desired?.resources["b"]?.resource).toEqual(object);
    const passed = encodeResponse({ desired: request.desired, context: asReceived(request, "context") });
    const { desired, context } = decodeRequest(bytes);
    expect(Buffer.from(passed)).toEqual(Buffer.from(encodeResponse({ desired, context })));
  });

  test("keeps the order that its fields came in, which Go makes at random", () => {
    const desired = { resources: { x: { resource: { a: true, b: true } } } };
    const [sorted, other] = [encodeRequest({ desired }), encodeRequest({ desired })];
    for (const [index, byte] of other.entries()) if (byte === 0x61 || byte === 0x62) other[index] = byte ^ 3;
    const passed = encodeResponse({ desired: decode(other).desired });
    expect(decodeResponse(passed).desired).toEqual(decodeRequest(sorted).desired);
    expect(Object.keys(decodeResponse(passed).desired?.resources["x"]?.resource ?? {})).toEqual(["b", "a"]);
  });

  test("counts as what it is where a response is too large", () => {
    const { desired } = decode();
    expect(() => encodeResponse({ desired }, { maxBytes: 100 })).toThrow(
      /of its 2 desired resources the largest are "b" \(\d+ bytes\), "a" \(\d+ bytes\)$/,
    );
  });
});

describe("once it is closed", () => {
  test("what has been read stays, and what has not cannot be", () => {
    const request = decode();
    const composite = request.observed?.composite?.resource;
    close(request);
    expect(request.observed?.composite?.resource).toBe(composite);
    const { one } = request.observed?.resources ?? {};
    expect(() => one?.resource).toThrow("cannot read more of a request that has been answered");
    expect(() => encodeResponse({ desired: request.desired })).toThrow("that has been answered");
  });

  test("nothing of the bytes is kept, whatever of the message is", () => {
    const given = new Uint8Array(bytes);
    const request = decode(given);
    const { one } = request.observed?.resources ?? {};
    const details = request.observed?.composite?.connectionDetails;
    const before = structuredClone(request.observed?.composite?.resource);
    close(request);
    given.fill(0);
    expect(request.observed?.composite?.resource).toEqual(before);
    expect(details).toEqual({});
    expect(one).toBeInstanceOf(LazyResource);
  });

  test("another message is as it was", () => {
    const request = decodeRequest(bytes);
    close(request);
    expect(request).toEqual(decodeRequest(bytes));
    expect(decodeResponse(encodeResponse({ results: [{ message: "m" }] })).results[0]?.message).toBe("m");
  });
});
