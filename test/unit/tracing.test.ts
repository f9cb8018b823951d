import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { bundleFunction } from "../../src/xpkg/bundle/bundle-function.js";
import { functionClient } from "../support/function-client.js";
import { startFunction } from "../support/function-process.js";
import { repository } from "../support/repository.js";
import { traceCollector } from "../support/trace-collector.js";

// What a package runs, once with what traces in it and once without.
const SOURCE = `
import { anyXR, defineFunction } from "trimtab";
export const lamp = defineFunction({
  name: "lamp", composite: anyXR({ group: "example.org" }), composes: {},
  compose({ xr }) {
    if (xr.spec.task === "throw") throw new Error("cannot log in with fake-password");
    return { resources: {} };
  },
});
`;
const folder = mkdtempSync(join(tmpdir(), "trimtab-tracing-"));
afterAll(() => rmSync(folder, { recursive: true }));
const program = (name: string) => join(folder, `${name}.cjs`);

beforeAll(async () => {
  writeFileSync(join(folder, "function.ts"), SOURCE);
  for (const tracing of [true, false]) {
    const entry = join(folder, "function.ts");
    const toolkit = join(repository, "src/cli/serve/start-exported.ts");
    const bundle = await bundleFunction({ root: folder, entry, name: "lamp", version: "1", program: toolkit, tracing });
    writeFileSync(program(tracing ? "tracing" : "plain"), bundle.text);
  }
});

const request = (task = "none") => ({
  meta: { tag: "a-tag" },
  observed: {
    composite: {
      resource: {
        apiVersion: "example.org/v1",
        kind: "XLamp",
        metadata: { namespace: "payments", name: "hall" },
        spec: { task },
      },
      connectionDetails: { password: new TextEncoder().encode("fake-password") },
    },
  },
});

describe("a function whose environment says where traces go", () => {
  test("sends a span of each call, below the caller's", async () => {
    const collector = await traceCollector();
    const { call, stop } = await started("tracing", { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
    const [traceId, spanId] = ["0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"];
    await call(request(), { metadata: { traceparent: `00-${traceId}-${spanId}-01` } });
    await call(request("throw"));
    expect(await stop()).toBe(0);
    const [first, second] = collector.spans;
    expect(first).toMatchObject({
      traceId,
      parentSpanId: spanId,
      name: "apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction",
      status: 0,
      resource: { "service.name": "lamp" },
      attributes: {
        "rpc.system": "grpc",
        "rpc.grpc.status_code": 0,
        "crossplane.function": "lamp",
        "crossplane.request.tag": "a-tag",
        "crossplane.xr.api_version": "example.org/v1",
        "crossplane.xr.kind": "XLamp",
        "crossplane.xr.namespace": "payments",
        "crossplane.xr.name": "hall",
        "crossplane.results.fatal": 0,
      },
    });
    expect(second).toMatchObject({ parentSpanId: "", status: 2, attributes: { "crossplane.results.fatal": 1 } });
    expect(second?.traceId).not.toBe(traceId);
    expect(collector.bodies.some((body) => body.includes("fake-password"))).toBe(false);
  });

  test.each<{ name: string; traceparent: string }>([
    { name: "no trace", traceparent: "00-00000000000000000000000000000000-b7ad6b7169203331-01" },
    { name: "garbage", traceparent: "garbage" },
  ])("begins a trace where the caller says $name", async ({ traceparent }) => {
    const collector = await traceCollector();
    const { call, stop } = await started("tracing", { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
    await call(request(), { metadata: { traceparent } });
    await stop();
    expect(collector.spans).toEqual([expect.objectContaining({ parentSpanId: "" })]);
  });

  test("obeys the other variables", async () => {
    const collector = await traceCollector();
    const { call, stop } = await started("tracing", {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.endpoint}/v1/traces`,
      OTEL_SERVICE_NAME: "lamps",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment=test",
      OTEL_TRACES_SAMPLER: "parentbased_always_off",
    });
    await call(request());
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    await call(request(), { metadata: { traceparent } });
    await stop();
    const resource = { "service.name": "lamps", "deployment.environment": "test" };
    expect(collector.spans).toEqual([
      expect.objectContaining({ traceId: traceparent.split("-")[1], resource: expect.objectContaining(resource) }),
    ]);
  });

  test("answers though nobody takes its traces, says so once, and stops all the same", async () => {
    const { call, stop, line, lines } = await started("tracing", {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
      OTEL_EXPORTER_OTLP_TIMEOUT: "200",
      OTEL_BSP_SCHEDULE_DELAY: "10",
    });
    await call(request());
    await line(/"level":"warn".*cannot send traces/);
    await call(request());
    expect(await stop()).toBe(0);
    expect(lines(/cannot send traces/)).toHaveLength(1);
  });

  test.each<{ name: string; program: string; env: NodeJS.ProcessEnv; says: RegExp }>([
    {
      name: "what it needs is not in it",
      program: "plain",
      env: {},
      says: /"reason":"cannot trace: @opentelemetry\/api or .* is not installed; run npm install --save-dev .*@opentelemetry\/exporter-trace-otlp-proto.*; of a package, say tracing: true in trimtab.config.ts"/,
    },
    {
      name: "it should speak what it does not",
      program: "tracing",
      env: { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
      says: /"reason":"cannot trace over grpc: a function speaks http\/protobuf/,
    },
  ])("says that nothing is traced where $name, and answers", async ({ program: name, env, says }) => {
    const { call, stop, lines } = await started(name, { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", ...env });
    await call(request());
    expect(await stop()).toBe(0);
    const said = lines(/"msg":"nothing is traced, though OTEL_EXPORTER_OTLP_ENDPOINT is set"/);
    expect(said).toEqual([expect.stringMatching(says)]);
  });

  test.each([
    { name: "no variable is set", env: {} },
    {
      name: "they say that nothing is",
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_SDK_DISABLED: "true" },
    },
  ])("says nothing of traces where $name", async ({ env }) => {
    const { call, stop, text } = await started("plain", env);
    await call(request());
    expect(await stop()).toBe(0);
    expect(text()).not.toMatch(/trace/);
  });
});

async function started(name: string, env: NodeJS.ProcessEnv) {
  const process = await startFunction(program(name), ["--insecure", "--address", "127.0.0.1:0"], { env });
  const client = functionClient(process.address);
  onTestFinished(() => client.close());
  const stop = () => {
    process.child.kill("SIGTERM");
    return process.ended;
  };
  const { line, lines, text } = process;
  return { call: client.call, stop, line, lines, text };
}
