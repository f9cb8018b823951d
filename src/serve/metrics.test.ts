import { status } from "@grpc/grpc-js";
import { describe, expect, test } from "vitest";
import { countingServer } from "../../test/support/counting-server.js";
import { callFunction, callFunctionRaw } from "../../test/support/function-client.js";
import { messageHead, rawCall, rawSession } from "../../test/support/raw-call.js";
import { type RunFunctionResponse, Severity } from "../wire/index.js";
import { type Metrics, metrics } from "./metrics.js";
import { type ServeOptions } from "./serve.js";

const empty = { meta: undefined, desired: undefined, results: [], requirements: undefined, conditions: [] };
const result = (severity: Severity) => ({ severity, message: "a message" });
const V1 = 'grpc_type="unary",grpc_service="apiextensions.fn.proto.v1.FunctionRunnerService",grpc_method="RunFunction"';

describe("metrics", () => {
  test("are there before anything has happened", async () => {
    const lines = await linesOf(metrics());
    expect(lines).toContain(`grpc_server_started_total{${V1}} 0`);
    expect(lines).toContain(`grpc_server_handled_total{${V1},grpc_code="DeadlineExceeded"} 0`);
    expect(lines).toContain(`grpc_server_handling_seconds_count{${V1}} 0`);
    expect(lines).toContain('function_results_total{severity="fatal"} 0');
  });

  test("count calls, their sizes and their results", async () => {
    const { address, measured } = await start(() => ({
      ...empty,
      results: [result(Severity.Warning), result(Severity.Warning), result(Severity.Normal)],
    }));
    await callFunction(address, { input: { text: "x".repeat(2000) } });
    await callFunction(address, {}, { version: "v1beta1" });
    const lines = await linesOf(measured);
    expect(lines).toContain(`grpc_server_started_total{${V1}} 1`);
    expect(lines).toContain(`grpc_server_started_total{${V1.replace("v1", "v1beta1")}} 1`);
    expect(lines).toContain(`grpc_server_handled_total{${V1},grpc_code="OK"} 1`);
    expect(lines).toContain(`grpc_server_msg_received_bytes_bucket{le="1024",${V1}} 0`);
    expect(lines).toContain(`grpc_server_msg_received_bytes_bucket{le="4096",${V1}} 1`);
    expect(lines).toContain(`grpc_server_msg_sent_bytes_count{${V1}} 1`);
    expect(lines).toContain(`grpc_server_in_flight{${V1}} 0`);
    expect(lines).toContain('function_results_total{severity="warning"} 4');
    expect(lines).toContain('function_results_total{severity="normal"} 2');
  });

  test.each<{ name: string; response: () => RunFunctionResponse }>([
    {
      name: "throws",
      response: () => {
        throw new Error("it broke");
      },
    },
    {
      name: "answers what cannot be sent",
      response: () => ({ ...empty, results: [result(Severity.Normal)], context: { bad: Number.NaN } }),
    },
  ])("count one fatal result where a runner $name", async ({ response }) => {
    const { address, measured } = await start(response);
    await callFunction(address, {});
    const lines = await linesOf(measured);
    expect(lines).toContain('function_results_total{severity="fatal"} 1');
    expect(lines).toContain('function_results_total{severity="normal"} 0');
  });

  test("know what is under way, and what the caller gives up", async () => {
    const { address, measured, server } = await start(() => new Promise(() => {}));
    const call = callFunction(address, {}).catch(({ code }) => code as number);
    await server.called(1);
    expect(await linesOf(measured)).toContain(`grpc_server_in_flight{${V1}} 1`);
    expect(await call).toBe(status.DEADLINE_EXCEEDED);
    await server.log.line(/was not answered/);
    const lines = await linesOf(measured);
    expect(lines).toContain(`grpc_server_in_flight{${V1}} 0`);
    expect(lines).toContain(`grpc_server_handled_total{${V1},grpc_code="DeadlineExceeded"} 1`);
  });

  test("count what is refused", async () => {
    const { address, measured, server } = await start(() => empty);
    await expect(callFunctionRaw(address, Buffer.from([0x0a, 0xff]))).rejects.toBeDefined();
    const { stream, code } = rawCall(await rawSession(server.serving.port));
    stream.write(messageHead(10, { compressed: true }));
    expect(await code).toBe(status.UNIMPLEMENTED);
    const lines = await linesOf(measured);
    expect(lines).toContain(`grpc_server_handled_total{${V1},grpc_code="InvalidArgument"} 1`);
    expect(lines).toContain(`grpc_server_handled_total{${V1},grpc_code="Unimplemented"} 1`);
  });

  test("have as many series, whoever calls what", async () => {
    const { address, measured, server } = await start(({ meta }) => {
      throw new Error(`of ${meta?.tag}`);
    });
    const series = async () => (await linesOf(measured)).map((line) => line.replace(/ \S+$/, "")).filter(isOfCalls);
    const before = await series();
    const session = await rawSession(server.serving.port);
    for (let index = 0; index < 50; index += 1) {
      const metadata = { name: `x-${index}`, namespace: `n-${index}` };
      const resource = { apiVersion: "example.org/v1", kind: `X${index}`, metadata };
      await callFunction(address, { meta: { tag: `tag-${index}` }, observed: { composite: { resource } } });
      await rawCall(session, { ":path": `/service.${index}/Method${index}` }).code;
    }
    expect(await series()).toEqual(before);
  });
});

const isOfCalls = (line: string) => /^(grpc|function)_/.test(line);

async function start(runner: ServeOptions["runner"]) {
  const measured = metrics();
  const server = await countingServer(runner, { observers: [measured.observer] });
  return { server, measured, address: server.serving.address };
}

async function linesOf(measured: Metrics): Promise<readonly string[]> {
  return (await measured.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}
