import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { type CountingServer, countingServer } from "../../test/support/counting-server.js";
import { callFunction, functionClient } from "../../test/support/function-client.js";
import { type Runner } from "../runner/index.js";

const empty = { meta: undefined, desired: undefined, results: [], requirements: undefined, conditions: [] };

describe("a caller that goes away", () => {
  test("in the middle of a call is told of in debug, and leaves nothing behind", async () => {
    const server = await countingServer(never);
    const { client, give } = caller(server);
    const call = client.call({ meta: { tag: "a-tag" } }, { signal: give.signal });
    await server.called(1);
    give.abort();
    await expect(call).rejects.toMatchObject({ code: 1 });
    expect(await server.log.line(/was not answered/)).toMatchObject({
      level: "debug",
      tag: "a-tag",
      reason: "the caller has cancelled it, or the connection broke",
    });
    expect(await server.serving.close(20_000)).toBe(0);
  });

  test("may be one whose deadline has passed", async () => {
    const server = await countingServer(never);
    const { client } = caller(server);
    await expect(client.call({}, { deadlineMs: 200 })).rejects.toMatchObject({ code: 4 });
    const { level, reason } = await server.log.line(/was not answered/);
    expect([level, reason]).toEqual(["debug", "its deadline has passed"]);
    expect(await server.serving.close(20_000)).toBe(0);
  });

  test("does not disturb who comes after, though its answer comes too late", async () => {
    let release = () => {};
    const server = await countingServer(async ({ meta }) => {
      if (meta?.tag === "held")
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      return empty;
    });
    const { client, give } = caller(server);
    const call = client.call({ meta: { tag: "held" } }, { signal: give.signal });
    await server.called(1);
    give.abort();
    await expect(call).rejects.toBeDefined();
    await server.log.line(/was not answered/);
    release();
    await server.answered(1);
    await expect(client.call({})).resolves.toBeDefined();
    expect(server.log.lines.map(({ msg }) => msg)).toEqual(["a call was not answered", "ran"]);
  });

  test("while it waits for its turn, is one for whom nothing is run", async () => {
    const tags: (string | undefined)[] = [];
    let release = () => {};
    const first = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await countingServer(
      async ({ meta }) => {
        tags.push(meta?.tag);
        if (meta?.tag === "first") await first;
        return empty;
      },
      { limits: { running: 1 } },
    );
    const { client, give } = caller(server);
    const calls = [client.call({ meta: { tag: "first" } })];
    await server.called(1);
    const cancelled = client.call({ meta: { tag: "cancelled" } }, { signal: give.signal });
    const late = client.call({ meta: { tag: "late" } }, { deadlineMs: 50 });
    calls.push(client.call({ meta: { tag: "last" } }));
    await expect(late).rejects.toMatchObject({ code: 4 });
    give.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 1 });
    const unanswered = () => server.log.lines.filter(({ msg }) => msg === "a call was not answered");
    while (unanswered().length < 2) await new Promise((resolve) => setImmediate(resolve));
    release();
    await Promise.all(calls);
    expect(tags).toEqual(["first", "last"]);
  });

  test("may be a thousand, of which nothing is kept", async () => {
    const server = await countingServer(never, { limits: { running: 1000 } });
    const { client } = caller(server);
    const gives = Array.from({ length: 1000 }, () => new AbortController());
    const calls = gives.map(({ signal }) => client.call({}, { signal, deadlineMs: 20_000 }));
    const ended = Promise.allSettled(calls);
    await server.called(1000);
    for (const give of gives) give.abort();
    expect((await ended).every(({ status }) => status === "rejected")).toBe(true);
    // It would wait for streams that are open, and break off calls that it still counts.
    expect(await server.serving.close(20_000)).toBe(0);
  });
});

describe("a connection that breaks", () => {
  test.each<{ name: string; spoil: (socket: Socket) => void }>([
    { name: "before anything is said", spoil: (socket) => socket.resetAndDestroy() },
    { name: "after the preface", spoil: (socket) => socket.write(PREFACE, () => socket.resetAndDestroy()) },
    { name: "after garbage", spoil: (socket) => socket.write("garbage".repeat(100), () => socket.resetAndDestroy()) },
    { name: "after HTTP/1.1", spoil: (socket) => socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n") },
    { name: "after the hello of TLS", spoil: (socket) => socket.write(Buffer.from([22, 3, 1, 0, 5, 1, 0, 0, 1, 3])) },
    {
      name: "in the middle of a frame",
      spoil: (socket) => socket.write(Buffer.concat([PREFACE, HALF_A_FRAME]), () => socket.end()),
    },
  ])("$name, breaks nobody else's", async ({ spoil }) => {
    const server = await countingServer(() => empty);
    const { client } = caller(server);
    await client.call({});
    const socket = connect({ host: "127.0.0.1", port: server.serving.port });
    await once(socket, "connect");
    socket.on("error", () => {}).resume();
    const gone = once(socket, "close");
    spoil(socket);
    await gone;
    await expect(client.call({})).resolves.toBeDefined();
    await expect(callFunction(server.serving.address, {})).resolves.toBeDefined();
    expect(server.log.lines.filter(({ level }) => level !== "debug")).toEqual([]);
    expect(await server.serving.close(20_000)).toBe(0);
  });
});

describe("a runner that fails", () => {
  const failures: Readonly<Record<string, Runner>> = {
    throws: () => {
      throw new Error("it broke");
    },
    rejects: () => Promise.reject(new Error("it broke")),
    "throws what is no error": () => {
      throw "it broke";
    },
  };

  test.each(Object.entries(failures))("since it %s, is a fatal result, and the server goes on", async (_, runner) => {
    const server = await countingServer((request) => (request.meta?.tag === "bad" ? runner(request) : empty));
    const { client } = caller(server);
    const { results } = await client.call({ meta: { tag: "bad" } });
    expect(results).toEqual([expect.objectContaining({ message: expect.stringContaining("it broke") })]);
    await expect(client.call({})).resolves.toBeDefined();
  });
});

const never: Runner = () => new Promise(() => {});
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
/** The head of a frame of HEADERS that says 64 bytes follow. */
const HALF_A_FRAME = Buffer.from([0, 0, 64, 1, 4, 0, 0, 0, 1, 0x82]);

function caller({ serving }: CountingServer) {
  const client = functionClient(serving.address);
  onTestFinished(() => client.close());
  return { client, give: new AbortController() };
}
