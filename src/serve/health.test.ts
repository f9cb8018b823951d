import { Client, credentials } from "@grpc/grpc-js";
import { afterEach, describe, expect, test } from "vitest";
import { logger } from "../runtime/log.js";
import { type Serving, serve } from "./serve.js";

// What health.proto has these as, byte by byte: the field status (1), a varint.
const SERVING = [0x08, 1];
const NOT_SERVING = [0x08, 2];
const SERVICE_UNKNOWN = [0x08, 3];
const NOT_FOUND = 5;

const running: { readonly serving: Serving; readonly client: Client }[] = [];
afterEach(async () => {
  for (const { client, serving } of running.splice(0)) {
    client.close();
    await serving.close(0);
  }
});

const services = [
  "",
  "apiextensions.fn.proto.v1.FunctionRunnerService",
  "apiextensions.fn.proto.v1beta1.FunctionRunnerService",
];

describe("grpc.health.v1.Health", () => {
  test.each(services)("says that %j is served", async (service) => {
    const { client } = await start();
    expect(await check(client, service)).toEqual(SERVING);
  });

  test("knows no other service", async () => {
    const { client } = await start();
    await expect(check(client, "other")).rejects.toMatchObject({
      code: NOT_FOUND,
      details: 'there is no service "other" here',
    });
  });

  test("tells who watches that it drains, and ends that, so that it keeps no server", async () => {
    const { client, serving } = await start();
    const { next, ended } = watch(client, "");
    expect(await next()).toEqual(SERVING);
    const closed = serving.close(60_000);
    expect(await next()).toEqual(NOT_SERVING);
    await ended;
    await closed;
  });

  test("tells who watches an unknown service so, and goes on", async () => {
    const { client, serving } = await start();
    const { next, ended } = watch(client, "other");
    expect(await next()).toEqual(SERVICE_UNKNOWN);
    await Promise.all([serving.close(60_000), ended]);
  });
});

async function start() {
  const log = logger({ level: "silent" });
  const runner = () => Promise.reject(new Error("nobody calls"));
  const serving = await serve({ runner, address: "127.0.0.1:0", credentials: { kind: "insecure" }, logger: log });
  const started = { serving, client: new Client(serving.address, credentials.createInsecure()) };
  running.push(started);
  return started;
}

const same = (bytes: Buffer) => bytes;
const request = (service: string) =>
  service === "" ? Buffer.alloc(0) : Buffer.from([0x0a, service.length, ...Buffer.from(service)]);

function check(client: Client, service: string): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest("/grpc.health.v1.Health/Check", same, same, request(service), (error, answer) =>
      error ? reject(error) : resolve([...(answer ?? [])]),
    );
  });
}

function watch(client: Client, service: string) {
  const call = client.makeServerStreamRequest("/grpc.health.v1.Health/Watch", same, same, request(service));
  const messages = call[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve, reject) => {
    call.once("error", reject);
    call.once("status", () => resolve());
  });
  return {
    next: async () => [...((await messages.next()).value as Buffer)],
    ended,
  };
}
