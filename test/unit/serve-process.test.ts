import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readCertificates } from "../../src/runtime/index.js";
import { certificateAuthority } from "../support/certificates.js";
import { AS_CROSSPLANE, type ClientOptions, functionClient } from "../support/function-client.js";
import { runFunction, type StartedFunction, startFunction } from "../support/function-process.js";
import { repository } from "../support/repository.js";

// A function as its package runs it: one file, a process of its own, signals of the system.
const SOURCE = `
import { functionProgram } from "./src/cli/serve/function-program.js";
import { start } from "./src/cli/start.js";
import { anyXR, defineFunction } from "./src/function/index.js";

const fn = defineFunction({
  name: "one",
  composite: anyXR({ group: "example.org" }),
  composes: {},
  compose({ xr }) {
    const { task } = xr.spec;
    if (task === "throw") throw new Error("compose broke");
    if (task === "forget") void Promise.reject(new Error("nobody waits for this"));
    const until = performance.now() + 5;
    while (task === "work" && performance.now() < until);
    return { resources: {} };
  },
});
await start("one", functionProgram(fn, "1.0.0"));
`;

const folder = mkdtempSync(join(tmpdir(), "trimtab-process-"));
const program = join(folder, "one.mjs");
afterAll(() => rmSync(folder, { recursive: true }));
const authority = await certificateAuthority(join(folder, "authority"), { subject: "CN=Crossplane" });
const server = await authority.sign("server");
const client = readCertificates(await authority.sign("client", { uses: ["client"] }));

beforeAll(() =>
  build({
    stdin: { contents: SOURCE, resolveDir: repository, loader: "ts" },
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  }),
);

describe("the process of a function", () => {
  test("ends with 0 upon SIGTERM, under load, and loses no call where another one goes on", async () => {
    const [first, second] = await Promise.all([started(), started()]);
    const caller = callerOf({ channel: { ...AS_CROSSPLANE }, isTrusting: true, as: client }, first, second);
    let [answers, isOver] = [0, false];
    const callers = Array.from({ length: 20 }, async () => {
      while (!isOver) {
        await caller.call(request("work"), { deadlineMs: 20_000 });
        answers += 1;
      }
    });
    const ran = /"msg":"ran"/;
    await first.line(ran, 50);
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    await second.line(ran, second.lines(ran).length + 50);
    isOver = true;
    await Promise.all(callers);
    expect(first.lines(/was not answered|breaking off/)).toEqual([]);
    expect(answers).toBe(first.lines(ran).length + second.lines(ran).length);
    expect(first.lines(/"msg":"stopped"/)).toHaveLength(1);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("ends at once upon %s where nobody calls", async (signal) => {
    const { child, ended } = await started();
    child.kill(signal);
    expect(await ended).toBe(0);
  });

  test("takes new certificates while it runs", async () => {
    const certificates = join(folder, "mounted");
    cpSync(server, certificates, { recursive: true });
    const process = await started(["--tls-server-certs-dir", certificates]);
    await callerOf({ as: client, isTrusting: true }, process).call(request());
    const next = await certificateAuthority(join(folder, "next"), { subject: "CN=Crossplane" });
    cpSync(await next.sign("server"), certificates, { recursive: true });
    await process.line(/certificates have changed/);
    const newcomer = readCertificates(await next.sign("client", { uses: ["client"] }));
    await expect(callerOf({ as: newcomer, isTrusting: true }, process).call(request())).resolves.toBeDefined();
    await expect(callerOf({ as: client, isTrusting: true }, process).call(request())).rejects.toMatchObject({
      code: 14,
    });
  });

  test("survives what compose throws, and what it forgets", async () => {
    const process = await started();
    const caller = callerOf({ as: client, isTrusting: true }, process);
    const { results } = await caller.call(request("throw"));
    expect(results).toEqual([expect.objectContaining({ message: expect.stringContaining("compose broke") })]);
    await caller.call(request("forget"));
    const [forgotten] = await process.line(/a promise was rejected, and nobody has handled it/);
    expect(forgotten).toMatch(/"err":{"type":"Error","stack":" +at .*one\.mjs:\d+:\d+/);
    expect(forgotten).not.toContain("nobody waits for this");
    await expect(caller.call(request())).resolves.toMatchObject({ results: [] });
  });

  test("says that it is alive and ready where it is told to", async () => {
    const { health } = await started(["--health-address", "127.0.0.1:0"]);
    expect((await fetch(`http://${health}/readyz`)).status).toBe(200);
    expect((await fetch(`http://${health}/healthz`)).status).toBe(200);
  });

  test("is measured where it is told to, with the names that functions in Go have", async () => {
    const process = await started(["--metrics-address", "127.0.0.1:0"]);
    const { metrics } = process;
    const caller = callerOf({ as: client, isTrusting: true }, process);
    await caller.call(request());
    await caller.call(request("throw"));
    const page = await (await fetch(`http://${metrics}/metrics`)).text();
    const ofV1 =
      'grpc_type="unary",grpc_service="apiextensions.fn.proto.v1.FunctionRunnerService",grpc_method="RunFunction"';
    for (const line of [
      `grpc_server_handled_total{${ofV1},grpc_code="OK"} 2`,
      `grpc_server_handling_seconds_count{${ofV1}} 2`,
      'function_results_total{severity="fatal"} 1',
    ]) {
      expect(page).toContain(`${line}\n`);
    }
    expect(page).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
    expect(page).toMatch(/^process_resident_memory_bytes \d/m);
    expect((await fetch(`http://${metrics}/readyz`)).status).toBe(200);
  });

  test("ends with 1 where it cannot listen, and says where and why", async () => {
    const { address } = await started();
    const second = runFunction(program, ["--tls-server-certs-dir", server, "--metrics-address=", "--address", address]);
    expect(await second.ended).toBe(1);
    expect(second.text()).toBe(
      `one: cannot listen on ${address}: listen EADDRINUSE: address already in use ${address}; say an address such as 0.0.0.0:9443\n`,
    );
  });
});

const request = (task = "none") => ({
  observed: {
    composite: { resource: { apiVersion: "example.org/v1", kind: "XOne", metadata: { name: "x" }, spec: { task } } },
  },
});

/** Starts it, and waits until it listens. */
function started(args: readonly string[] = []) {
  const certificates = args.includes("--tls-server-certs-dir") ? [] : ["--tls-server-certs-dir", server];
  const measured = args.includes("--metrics-address") ? [] : ["--metrics-address="];
  return startFunction(program, ["--debug", "--address", "127.0.0.1:0", ...measured, ...certificates, ...args]);
}

function callerOf(options: ClientOptions, ...processes: readonly StartedFunction[]) {
  const target = `ipv4:${processes.map(({ address }) => address).join(",")}`;
  const channel = { ...options.channel, "grpc.ssl_target_name_override": "localhost" };
  const caller = functionClient(target, { ...options, channel });
  onTestFinished(() => caller.close());
  return caller;
}
