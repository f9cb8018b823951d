import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { countingServer } from "../../test/support/counting-server.js";
import { functionClient } from "../../test/support/function-client.js";

const empty = { meta: undefined, desired: undefined, results: [], requirements: undefined, conditions: [] };

describe("where there are too many connections", () => {
  test("the oldest is broken off over which nothing was called", async () => {
    const { serving, log } = await countingServer(() => empty, { limits: { connections: 3 } });
    const caller = await called(serving.address);
    const [second, third] = [await connected(serving.port), await connected(serving.port)];
    const fourth = await connected(serving.port);
    await second.gone;
    expect([third, fourth].map(({ socket }) => socket.destroyed)).toEqual([false, false]);
    await expect(caller.call({})).resolves.toBeDefined();
    expect(await log.line(/too many connections/)).toMatchObject({ level: "debug" });
  });

  test("the newest is, where something was called over each", async () => {
    const { serving } = await countingServer(() => empty, { limits: { connections: 2 } });
    const callers = [await called(serving.address), await called(serving.address)];
    const third = await connected(serving.port);
    await third.gone;
    for (const caller of callers) await expect(caller.call({})).resolves.toBeDefined();
  });

  test("there is room again once one has gone", async () => {
    const { serving } = await countingServer(() => empty, { limits: { connections: 2 } });
    const [stays, goes] = [await called(serving.address), await called(serving.address)];
    goes.close();
    let next: unknown;
    while (next === undefined) next = await called(serving.address).catch(() => undefined);
    await expect(stays.call({})).resolves.toBeDefined();
  });
});

async function called(address: string) {
  const client = functionClient(address);
  onTestFinished(() => client.close());
  await client.call({});
  return client;
}

/** Resolves once it is connected, or refused. */
async function connected(port: number) {
  const socket = connect({ host: "127.0.0.1", port });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => {}).resume();
  const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  await Promise.race([gone, new Promise<void>((resolve) => socket.once("connect", resolve))]);
  return { socket, gone };
}
