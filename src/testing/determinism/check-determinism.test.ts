import crypto, { getRandomValues, randomBytes, randomInt, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Context, defineFunction } from "../../function/index.js";
import { v1 } from "../../models/index.js";
import { type FunctionCall } from "../../render/run-step.js";
import { anything, defineXRD, map, object, string } from "../../schema/index.js";
import { decodeRequest, encodeRequest, encodeResponse, type RunFunctionRequest } from "../../wire/index.js";
import { checkDeterminism } from "./check-determinism.js";
import { rewriteRequest } from "./rewrite-request.js";
import { within } from "./surroundings.js";

const X = defineXRD({
  group: "example.org",
  version: "v1",
  kind: "X",
  spec: object({ labels: map(string()).default({}), free: anything().optional() }),
  status: object({}),
});
type Given = Context<{ readonly spec: unknown }, unknown, { readonly config: typeof v1.ConfigMap }>;
/** A function whose ConfigMap says something. */
const saying = (say: (given: Given) => string) =>
  defineFunction({
    name: "x",
    composite: X,
    composes: { config: v1.ConfigMap },
    compose: (given) => ({ resources: { config: v1.ConfigMap({ data: { says: say(given as never) } }) } }),
  });
const xr = {
  apiVersion: "example.org/v1",
  kind: "X",
  metadata: { name: "one", namespace: "n", labels: { d: "4", c: "3" } },
  spec: { labels: { b: "2", a: "1", c: "3" }, free: { list: [] } },
};
let calls = 0;

describe("finds", () => {
  const cases: Readonly<Record<string, { readonly say: (given: Given) => string; readonly variation: string }>> = {
    "a count of calls": { say: () => String(calls++), variation: "the same request again" },
    "the order of keys": {
      say: ({ xr }) => Object.keys((xr.metadata.labels ?? {}) as object).join(),
      variation: "the entries of maps in reverse order",
    },
    "Date.now": { say: () => String(Date.now()), variation: "another clock" },
    "the year of new Date": { say: () => String(new Date().getUTCFullYear()), variation: "another clock" },
    "Date called": { say: () => Date().slice(0, 16), variation: "another clock" },
    "the local hour": { say: () => String(new Date(0).getHours()), variation: "another time zone" },
    "the zone's offset": { say: () => String(new Date(0).getTimezoneOffset()), variation: "another time zone" },
    "a local date": { say: () => new Date(2024, 0, 1).toISOString(), variation: "another time zone" },
    "a local text": { say: () => new Date("2024-01-01T00:00:00").toISOString(), variation: "another time zone" },
    "a date as text": { say: () => String(new Date(0)), variation: "another time zone" },
    "a localized date": { say: () => new Date(0).toLocaleString("en"), variation: "another time zone" },
    "the zone's name": { say: () => Intl.DateTimeFormat().resolvedOptions().timeZone, variation: "another time zone" },
    "Math.random": { say: () => String(Math.random() < 0.5), variation: "other random numbers" },
    randomUUID: { say: () => randomUUID(), variation: "other random numbers" },
    "crypto.randomUUID": { say: () => globalThis.crypto.randomUUID(), variation: "other random numbers" },
    randomBytes: { say: () => randomBytes(8).toString("hex"), variation: "other random numbers" },
    randomInt: { say: () => String(randomInt(1_000_000)), variation: "other random numbers" },
    getRandomValues: { say: () => getRandomValues(new Uint8Array(8)).join(), variation: "other random numbers" },
    "a write to what is given": {
      say: ({ xr }) => {
        (xr.metadata.labels as Record<string, string>)["mine"] = "x";
        return "";
      },
      variation: "a request that cannot be written to",
    },
  };
  test.each(Object.entries(cases))("%s", async (_, { say, variation }) => {
    const message = await problem(checkDeterminism(saying(say), { xr }));
    expect(message).toContain(`not deterministic: with ${variation}`);
    if (!variation.includes("written")) {
      expect(message).toContain('desired.resources["config"].resource.data.says differs: it was "');
    }
  });

  test("says the values, where they are of no ConfigMap or Secret", async () => {
    const call = answering(({ meta }) => ({ meta: { tag: `${meta?.tag}${calls++}` } }));
    const request = { meta: { tag: "t" } };
    calls = 0;
    expect(await problem(checkDeterminism(call, request))).toBe(
      'not deterministic: with the same request again, meta.tag differs: it was "t0" and is "t1"; keep nothing between calls',
    );
  });

  test("and hides them where they are of a Secret", async () => {
    calls = 0;
    const call = answering(() => {
      const resource = {
        apiVersion: "v1",
        kind: "Secret",
        data: { password: Buffer.from(`fake-${calls++}`).toString("base64") },
      };
      return { desired: { resources: { s: { resource } } } };
    });
    expect(await problem(checkDeterminism(call, { meta: { tag: "t" } }))).toContain(
      'desired.resources["s"].resource.data.password differs: it was *** and is ***;',
    );
  });

  test("a function that fails now and then", async () => {
    calls = 0;
    const call = answering(() => {
      if (calls++ > 0) throw new Error("no second time");
      return {};
    });
    expect(await problem(checkDeterminism(call, { meta: { tag: "t" } }))).toContain("it fails: no second time");
  });
});

describe("passes", () => {
  test("a pure function, and says what was varied", async () => {
    const pure = saying(({ xr }) =>
      Object.keys((xr.metadata.labels ?? {}) as object)
        .sort()
        .join(),
    );
    expect(await checkDeterminism(pure, { xr })).toEqual([
      "the same request again",
      "the entries of maps in reverse order",
      "the entries of maps shuffled",
      "the fields of messages in another order",
      "another clock",
      "another time zone",
      "other random numbers",
      "a request that cannot be written to",
    ]);
  });

  test("what answers bytes, of which the request alone is varied", async () => {
    const now = answering(() => ({ meta: { tag: String(new Date().getUTCFullYear()) } }));
    expect(await checkDeterminism(now, { meta: { tag: "t" } })).toHaveLength(4);
    await expect(checkDeterminism(now, { meta: { tag: "t" } }, { surroundings: true })).rejects.toThrow(
      "another clock",
    );
  });
});

test("an XR that does not say what it is is refused, with the remedy", async () => {
  const { kind: _, ...partial } = xr;
  await expect(
    checkDeterminism(
      saying(() => ""),
      { xr: partial as never },
    ),
  ).rejects.toThrow(
    "cannot admit the XR: apiVersion or kind is missing; say both, or let givenOf(fn, { xr, … }) add them",
  );
});

test("surroundings are put back, whatever happens", async () => {
  const before = [Date, Date.now, Math.random, Intl.DateTimeFormat, crypto.randomBytes, Date.prototype.getHours];
  const surroundings = { now: 0, seed: 1, timeZone: { name: "UTC", offset: 0 } };
  const now = () => [Date, Date.now, Math.random, Intl.DateTimeFormat, crypto.randomBytes, Date.prototype.getHours];
  expect(() =>
    within(surroundings, () => {
      throw new Error("x");
    }),
  ).toThrow("x");
  expect(now()).toEqual(before);
  await expect(within(surroundings, () => Promise.reject(new Error("y")))).rejects.toThrow("y");
  expect(now()).toEqual(before);
  expect(within(surroundings, () => [new Date() instanceof Date, new Date(5).getTime(), Date.UTC(1970)])).toEqual([
    true,
    5,
    0,
  ]);
});

describe("rewriteRequest", () => {
  const request = {
    meta: { tag: "t" },
    observed: { composite: { resource: xr } },
    context: { b: [{ y: 1, x: 2 }], a: null },
  };
  const bytes = encodeRequest(request);
  const cases = {
    "reversed entries": { entries: <T>(parts: readonly T[]) => parts.toReversed() },
    "reversed fields": { fields: <T>(parts: readonly T[]) => parts.toReversed() },
    "unknown fields": { unknown: { number: 999, wireType: 2, body: Buffer.from("new") } },
  };
  test.each(Object.entries(cases))("means the same with %s", (_, rewriting) => {
    const other = rewriteRequest(bytes, rewriting);
    expect(Buffer.compare(other, bytes)).not.toBe(0);
    expect(decodeRequest(other)).toEqual(decodeRequest(bytes));
  });

  test("reaches every map", () => {
    const entries = <T>(parts: readonly T[]) => parts.toReversed();
    const { context, observed } = decodeRequest(rewriteRequest(bytes, { entries }));
    expect(Object.keys(context ?? {})).toEqual(["b", "a"]);
    expect(JSON.stringify(context?.["b"])).toBe('[{"y":1,"x":2}]');
    expect(JSON.stringify(observed?.composite?.resource?.["spec"])).toContain('{"c":"3","b":"2","a":"1"}');
  });
});

function answering(answer: (request: RunFunctionRequest) => object): FunctionCall {
  return (bytes) => encodeResponse(answer(decodeRequest(bytes)));
}

async function problem(check: Promise<unknown>): Promise<string> {
  return check.then(
    () => "",
    (error: Error) => error.message,
  );
}
