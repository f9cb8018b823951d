import { once } from "node:events";
import { type ClientHttp2Session } from "node:http2";
import { gzipSync } from "node:zlib";
import { type handleUnaryCall, Server, ServerCredentials, status } from "@grpc/grpc-js";
import { expect, onTestFinished, test } from "vitest";
import { messageHead, RUN_FUNCTION, rawCall, rawSession } from "../../test/support/raw-call.js";
import { type Intake, type IntakeOptions, intake, type RefusedCall } from "./intake.js";

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

test("counts what arrives, until it is answered and the answer is taken", async () => {
  const { session, taken, calls } = await start();
  const { stream, code } = rawCall(await session());
  stream.write(Buffer.concat([messageHead(30 * KIBIBYTE), Buffer.alloc(10 * KIBIBYTE)]));
  await until(() => taken.held.bytes === 10 * KIBIBYTE + 5);
  stream.end(Buffer.alloc(20 * KIBIBYTE));
  await until(() => calls.length === 1);
  expect(taken.held).toEqual({ calls: 1, bytes: 30 * KIBIBYTE + 5 });
  calls[0]?.answer(7);
  expect(taken.held).toEqual({ calls: 1, bytes: 7 });
  expect(await code).toBe(status.OK);
  await until(() => taken.held.calls === 0);
  expect(taken.held.bytes).toBe(0);
});

test("forgets who goes away", async () => {
  const { session, taken } = await start();
  const caller = await session();
  for (let index = 0; index < 10; index += 1) rawCall(caller).stream.write(messageHead(MEBIBYTE));
  await until(() => taken.held.calls === 10 && taken.held.bytes === 50);
  caller.destroy();
  await until(() => taken.held.calls === 0);
  expect(taken.held.bytes).toBe(0);
});

test("leaves with its sender what is too much, but for the oldest request", async () => {
  const { session, taken, calls } = await start({ bytes: MEBIBYTE });
  const caller = await session();
  const [first, ...others] = Array.from({ length: 5 }, () => rawCall(caller));
  const whole = () => Buffer.concat([messageHead(3 * MEBIBYTE), Buffer.alloc(2 * MEBIBYTE)]);
  first?.stream.write(whole());
  await until(() => taken.held.bytes > 2 * MEBIBYTE);
  for (const { stream } of others) stream.end(Buffer.concat([whole(), Buffer.alloc(MEBIBYTE)]));
  await until(() => taken.held.calls === 5 && taken.held.bytes > 2 * MEBIBYTE + 4 * 15 * KIBIBYTE);
  // HTTP/2 has a window of 64 KiB for each.
  expect(taken.held.bytes).toBeLessThan(2 * MEBIBYTE + 4 * 80 * KIBIBYTE);
  first?.stream.end(Buffer.alloc(MEBIBYTE));
  for (const [index, { code }] of [first, ...others].filter((call) => call !== undefined).entries()) {
    await until(() => calls.length > index);
    calls[index]?.answer(0);
    expect(await code).toBe(status.OK);
  }
});

test("takes small requests while a large one arrives", async () => {
  const { session, taken, calls } = await start({ bytes: MEBIBYTE });
  const caller = await session();
  rawCall(caller).stream.write(Buffer.concat([messageHead(3 * MEBIBYTE), Buffer.alloc(2 * MEBIBYTE)]));
  await until(() => taken.held.bytes > 2 * MEBIBYTE);
  const { stream, code } = rawCall(caller);
  stream.end(Buffer.concat([messageHead(KIBIBYTE), Buffer.alloc(KIBIBYTE)]));
  await until(() => calls.length === 1);
  calls[0]?.answer(0);
  expect(await code).toBe(status.OK);
});

test("refuses calls of other connections where there are too many, and has those of one wait", async () => {
  const { session, taken, calls, refused } = await start({ calls: 2 });
  const [one, other] = [await session(), await session()];
  const own = [1, 2, 3].map(() => rawCall(one));
  for (const { stream } of own) stream.end(messageHead(0));
  await until(() => calls.length === 2);
  const third = rawCall(other);
  third.stream.end(messageHead(0));
  expect(await third.code).toBe(status.RESOURCE_EXHAUSTED);
  expect(refused).toEqual([
    expect.objectContaining({ path: RUN_FUNCTION, why: "there is no room for more calls; make it again later" }),
  ]);
  calls[0]?.answer(0);
  await until(() => calls.length === 3);
  expect(taken.held.calls).toBe(2);
  for (const { answer } of calls) answer(0);
  expect(await Promise.all(own.map(({ code }) => code))).toEqual([0, 0, 0]);
});

test("makes room for another connection by giving up what still arrives of the one that has the most", async () => {
  const { session, taken, calls } = await start({ calls: 4 });
  const [busy, less] = [await session(), await session()];
  const whole = rawCall(busy);
  whole.stream.end(messageHead(0));
  await until(() => calls.length === 1);
  const arriving = [rawCall(busy), rawCall(busy)];
  await until(() => taken.held.calls === 3);
  const own = rawCall(less);
  await until(() => taken.held.calls === 4);
  const another = rawCall(less);
  another.stream.end(messageHead(0));
  expect(await arriving[0]?.code).toBe(status.RESOURCE_EXHAUSTED);
  await until(() => calls.length === 2);
  // Now both have two.
  const surplus = rawCall(busy);
  expect(await surplus.code).toBe(status.RESOURCE_EXHAUSTED);
  for (const call of [arriving[1], own]) call?.stream.end(messageHead(0));
  await until(() => calls.length === 4);
  for (const { answer } of calls) answer(0);
  expect(await Promise.all([whole.code, arriving[1]?.code, own.code, another.code])).toEqual([0, 0, 0, 0]);
});

test("makes room for a newcomer by giving up who sends the slowest", async () => {
  const { session, taken, calls, pass } = await start({ calls: 2 });
  const slow = rawCall(await session());
  await until(() => taken.held.calls === 1);
  pass(500);
  const lessSlow = rawCall(await session());
  await until(() => taken.held.calls === 2);
  pass(501);
  const fast = rawCall(await session());
  fast.stream.end(messageHead(0));
  expect(await slow.code).toBe(status.RESOURCE_EXHAUSTED);
  await until(() => calls.length === 1);
  calls[0]?.answer(0);
  expect(await fast.code).toBe(status.OK);
  lessSlow.stream.end(messageHead(0));
  await until(() => calls.length === 2);
  calls[1]?.answer(0);
  expect(await lessSlow.code).toBe(status.OK);
});

test("gives up a request that takes too long to arrive, though its sender goes on", async () => {
  const { session, taken, refused, pass } = await start({ transferMs: 5000 });
  const caller = await session();
  const { stream, code } = rawCall(caller);
  stream.write(messageHead(MEBIBYTE));
  await until(() => taken.held.bytes === 5);
  pass(4000);
  taken.sweep();
  stream.write(Buffer.alloc(1));
  await until(() => taken.held.bytes === 6);
  pass(1001);
  taken.sweep();
  expect(await code).toBe(status.DEADLINE_EXCEEDED);
  expect(taken.held).toEqual({ calls: 0, bytes: 0 });
  expect(refused).toEqual([expect.objectContaining({ why: "it has not arrived within 5 s" })]);
});

test("gives up an answer that nobody takes", async () => {
  const { session, taken, calls, pass } = await start({ transferMs: 5000 });
  const caller = await session({ settings: { initialWindowSize: 0 } });
  const { stream, code } = rawCall(caller);
  stream.end(messageHead(0));
  await until(() => calls.length === 1);
  calls[0]?.answer(MEBIBYTE);
  expect(taken.held.bytes).toBe(MEBIBYTE);
  pass(5001);
  taken.sweep();
  expect(taken.held).toEqual({ calls: 0, bytes: 0 });
  expect(await code).toBeUndefined();
});

test("does not hurry a call that runs", async () => {
  const { session, taken, calls, pass } = await start({ transferMs: 5000 });
  const { stream, code } = rawCall(await session());
  stream.end(messageHead(0));
  await until(() => calls.length === 1);
  pass(60_000);
  taken.sweep();
  calls[0]?.answer(0);
  expect(await code).toBe(status.OK);
});

test("refuses what is compressed, before it is inflated", async () => {
  const { session, calls, refused } = await start();
  const { stream, code } = rawCall(await session(), { "grpc-encoding": "gzip" });
  const bomb = gzipSync(Buffer.alloc(60 * MEBIBYTE));
  stream.end(Buffer.concat([messageHead(bomb.length, { compressed: true }), bomb]));
  expect(await code).toBe(status.UNIMPLEMENTED);
  expect(calls).toEqual([]);
  expect(refused).toEqual([expect.objectContaining({ why: "it is compressed; send it as it is" })]);
});

test.each([
  { name: "is too large", head: 65 * MEBIBYTE, headers: {}, code: status.RESOURCE_EXHAUSTED },
  { name: "has a deadline", head: MEBIBYTE, headers: { "grpc-timeout": "50m" }, code: status.DEADLINE_EXCEEDED },
])("keeps nothing of a request that $name, and tells its sender to stop", async ({ head, headers, code: expected }) => {
  const { session, taken, refused } = await start();
  const { stream, code } = rawCall(await session(), headers);
  stream.write(messageHead(head));
  await once(stream, "response");
  stream.write(Buffer.alloc(KIBIBYTE));
  expect(await code).toBe(expected);
  await until(() => taken.held.calls === 0);
  expect(refused).toEqual([expect.objectContaining({ code: expected })]);
});

async function start(limits: Partial<IntakeOptions["limits"]> = {}) {
  let passed = 0;
  const refused: RefusedCall[] = [];
  const taken = intake({
    limits: { calls: 1000, bytes: 128 * MEBIBYTE, transferMs: 30_000, ...limits },
    onRefused: (call) => refused.push(call),
    onCall: () => {},
    now: () => passed,
  });
  const calls: { answer(bytes: number): void }[] = [];
  const server = new Server({
    interceptors: [taken.interceptor],
    "grpc.max_receive_message_length": 64 * MEBIBYTE,
    ...(limits.calls !== undefined && { "grpc.max_concurrent_streams": limits.calls }),
  });
  server.addService({ run: METHOD }, { run: answersOf(taken, calls) });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("localhost:0", ServerCredentials.createInsecure(), (error, at) =>
      error ? reject(error) : resolve(at),
    ),
  );
  const sessions: ClientHttp2Session[] = [];
  onTestFinished(() => {
    for (const session of sessions) session.destroy();
    server.forceShutdown();
  });
  return {
    taken,
    calls,
    refused,
    pass: (ms: number) => {
      passed += ms;
    },
    async session(options: Parameters<typeof rawSession>[1] = {}) {
      const session = await rawSession(port, options);
      sessions.push(session);
      return session;
    },
  };
}

function answersOf(taken: Intake, calls: { answer(bytes: number): void }[]): handleUnaryCall<Buffer, Buffer> {
  return (call, callback) => {
    calls.push({
      answer(bytes) {
        taken.answers(call, bytes);
        callback(null, Buffer.alloc(bytes));
      },
    });
  };
}

const same = (bytes: Buffer) => bytes;
const METHOD = {
  path: RUN_FUNCTION,
  requestStream: false,
  responseStream: false,
  requestSerialize: same,
  requestDeserialize: same,
  responseSerialize: same,
  responseDeserialize: same,
} as const;

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`it is not so: ${isSo}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
