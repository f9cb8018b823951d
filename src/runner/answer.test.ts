import { describe, expect, test } from "vitest";
import { logger } from "../runtime/log.js";
import { decodeRequest, decodeResponse, encodeRequest, type RunFunctionResponse, Severity } from "../wire/index.js";
import { answer, type Runner } from "./answer.js";

const request = decodeRequest(encodeRequest({ meta: { tag: "a-tag" } }));
const empty: RunFunctionResponse = {
  meta: { tag: "a-tag" },
  desired: undefined,
  results: [],
  requirements: undefined,
  conditions: [],
};

describe("answer", () => {
  test("is there at once where the runner is synchronous", () => {
    expect(run(() => empty).bytes).toBeInstanceOf(Uint8Array);
  });

  test("waits for a runner that is not", async () => {
    const { bytes } = run(async () => empty);
    expect(bytes).toBeInstanceOf(Promise);
    expect(decodeResponse(await bytes)).toMatchObject(empty);
  });

  test.each<{ name: string; runner: Runner; says: RegExp }>([
    {
      name: "a runner that throws",
      runner: () => {
        throw new TypeError("xr is undefined");
      },
      says: /^cannot run bucket: xr is undefined$/,
    },
    {
      name: "a runner that rejects",
      runner: () => Promise.reject(new Error("lost")),
      says: /^cannot run bucket: lost$/,
    },
    {
      name: "a response that the wire would alter",
      runner: () => desiring({ bad: { spec: { count: Number.NaN } } }),
      says: /^cannot run bucket: .*resources.*bad.*spec\.count/,
    },
    {
      name: "a response that Crossplane could not receive",
      runner: () =>
        desiring({ small: { spec: "x" }, huge: { spec: "x".repeat(5_000_000) }, large: { spec: "x".repeat(50_000) } }),
      says: /^cannot run bucket: .*"huge" \(\d+ bytes\), "large" \(\d+ bytes\), "small".*; Crossplane receives 4 MiB at most: compose what is smaller, or spread it over several XRs$/,
    },
    {
      name: "a response whose context Crossplane could not receive",
      runner: () => ({ ...desiring({ small: { spec: "x" } }), context: { found: "x".repeat(5_000_000) } }),
      says: /"small" \(\d+ bytes\); its context has 50\d+ bytes; Crossplane receives 4 MiB at most/,
    },
  ])("is one fatal result for $name, with the stack in the log", async ({ runner, says }) => {
    const { bytes, lines } = run(runner);
    expect(decodeResponse(await bytes)).toEqual({
      meta: { tag: "a-tag", ttl: undefined },
      desired: undefined,
      results: [
        { severity: Severity.Fatal, message: expect.stringMatching(says), reason: undefined, target: undefined },
      ],
      context: undefined,
      requirements: undefined,
      conditions: [],
      output: undefined,
    });
    expect(lines).toEqual([
      expect.objectContaining({
        level: "error",
        tag: "a-tag",
        msg: "cannot run bucket",
        err: expect.objectContaining({ stack: expect.any(String) }),
      }),
    ]);
  });

  test("takes a response that is just within what Crossplane receives", async () => {
    const { bytes, lines } = run(() => desiring({ large: { spec: "x".repeat(4 * 1024 * 1024 - 100) } }));
    expect((await bytes).length).toBeGreaterThan(4 * 1024 * 1024 - 100);
    expect(lines).toEqual([]);
  });

  test("takes no more than it is told to", async () => {
    const { bytes } = run(() => desiring({ large: { spec: "x".repeat(600_000) } }), { maxBytes: 512 * 1024 });
    expect(decodeResponse(await bytes).results[0]?.message).toMatch(/limit of 524288 .* receives 0\.5 MiB at most/);
  });
});

function desiring(resources: Readonly<Record<string, { readonly spec: unknown }>>): RunFunctionResponse {
  const states = Object.entries(resources).map(([name, resource]) => [
    name,
    { resource, connectionDetails: {}, ready: 0 },
  ]);
  return { ...empty, desired: { composite: undefined, resources: Object.fromEntries(states) } };
}

function run(runner: Runner, options: { readonly maxBytes?: number } = {}) {
  const lines: unknown[] = [];
  const log = logger({ to: { write: (line) => void lines.push(JSON.parse(line)) } });
  return { bytes: answer(runner, request, { name: "bucket", logger: log, ...options }), lines };
}
