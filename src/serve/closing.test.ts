import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { type CountingServer, countingServer } from "../../test/support/counting-server.js";
import { AS_CROSSPLANE, type FunctionClient, functionClient } from "../../test/support/function-client.js";
import { type Runner } from "../runner/index.js";

describe("closing under load", () => {
  test("loses no call where another server goes on", async () => {
    const [first, second] = [await countingServer(slow), await countingServer(slow)];
    const load = callsOf(crossplaneOf(first, second), 30);
    await first.answered(100);
    await first.serving.close(20_000);
    await second.answered(second.answers() + 100);
    const { answers, errors } = await load.stop();
    expect(errors).toEqual([]);
    expect(answers).toBe(first.answers() + second.answers());
  });

  test("answers all that it has accepted where no other server goes on", async () => {
    const only = await countingServer(slow);
    const load = callsOf(clientOf(only), 30);
    await only.answered(100);
    expect(await only.serving.close(20_000)).toBe(0);
    const { answers, errors } = await load.stop();
    expect(answers).toBe(only.answers());
    // Whoever was not accepted knows it, and may call elsewhere.
    expect(new Set(errors)).toEqual(new Set([14]));
  });
});

describe("closing", () => {
  test("waits for a large request that is on its way, and answers it", async () => {
    const server = await countingServer(slow);
    const client = clientOf(server);
    await client.call({});
    // Of the two, the second is still on its way when the first is answered.
    const large = client.call({ meta: { tag: "large" }, input: { text: "x".repeat(16 * 1024 * 1024) } });
    await client.call({});
    expect(await server.serving.close(20_000)).toBe(0);
    expect((await large).meta?.tag).toBe("large");
  });

  test("says how many calls it breaks off", async () => {
    const server = await countingServer(() => new Promise(() => {}));
    const client = clientOf(server);
    const calls = [1, 2, 3].map(() => expect(client.call({})).rejects.toMatchObject({ code: expect.any(Number) }));
    await server.called(3);
    expect(await server.serving.close(20)).toBe(3);
    await Promise.all(calls);
    const said = { level: "warn", calls: 3, msg: "breaking off the calls that are under way" };
    expect(server.log.lines).toContainEqual(expect.objectContaining(said));
  });

  test("does not wait for a client that neither says nor hears anything", async () => {
    const { serving, log } = await countingServer(slow);
    const socket = connect({ host: "127.0.0.1", port: serving.port });
    await once(socket, "connect");
    const gone = once(socket, "close");
    expect(await serving.close(20_000)).toBe(0);
    socket.resume();
    await gone;
    expect(log.lines).toEqual([]);
  });

  test("takes no new connections", async () => {
    const { serving } = await countingServer(slow);
    await serving.close(20_000);
    const socket = connect({ host: "127.0.0.1", port: serving.port });
    const [error] = await once(socket, "error");
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
  });
});

/** Takes a while, and leaves others their turn. */
const slow: Runner = async ({ meta }) => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return {
    meta: { tag: meta?.tag ?? "" },
    desired: undefined,
    results: [],
    requirements: undefined,
    conditions: [],
  };
};

function clientOf({ serving }: CountingServer): FunctionClient {
  const client = functionClient(serving.address);
  onTestFinished(() => client.close());
  return client;
}

function crossplaneOf(...servers: readonly CountingServer[]): FunctionClient {
  const target = `ipv4:${servers.map(({ serving }) => serving.address).join(",")}`;
  const client = functionClient(target, { channel: AS_CROSSPLANE });
  onTestFinished(() => client.close());
  return client;
}

/** So many callers, each of which calls again as soon as it was answered, until it is told to stop or a call fails. */
function callsOf(client: FunctionClient, callers: number) {
  const errors: number[] = [];
  let answers = 0;
  let isOver = false;
  const caller = async () => {
    while (!isOver) {
      await client.call({}, { deadlineMs: 20_000 });
      answers += 1;
    }
  };
  const fail = ({ code }: { readonly code: number }) => void errors.push(code);
  const ended = Promise.all(Array.from({ length: callers }, () => caller().catch(fail)));
  return {
    async stop() {
      isOver = true;
      await ended;
      return { answers, errors };
    },
  };
}
