import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type ClientHttp2Session, constants } from "node:http2";
import { connect, createServer, type Socket } from "node:net";
import { connect as connectTLS } from "node:tls";
import { expect } from "vitest";
import { encodeRequest } from "../../src/wire/index.js";
import { messageHead, rawCall, rawSession } from "../support/raw-call.js";
import { request, type Victim } from "./victim.js";

const MEBIBYTE = 1024 * 1024;

/** Opens connections and drops them: at once, within the first bytes, or once both sides have come to terms. */
export async function openAndDrop({ port, way }: Victim, many: number): Promise<void> {
  const hello = await clientHello();
  await eachOf(many, 100, async (index) => {
    const socket = await opened(port);
    if (index % 4 === 1) socket.write(hello.subarray(0, 1 + (index % hello.length)));
    if (index % 8 === 2) socket.write(way === "tls" ? hello : PREFACE);
    if (index % 4 === 3) socket.end();
    else socket.resetAndDestroy();
  });
}

/** Opens connections, begins to come to terms, and then says nothing more. Ends them after a while. */
export async function holdHalfOpen({ port, way }: Victim, many: number, ms: number): Promise<void> {
  const hello = await clientHello();
  const sockets: Socket[] = [];
  await eachOf(many, 100, async (index) => {
    const socket = await opened(port);
    sockets.push(socket);
    if (index % 3 === 1) socket.write(way === "tls" ? hello : PREFACE);
    if (index % 3 === 2) socket.write(hello.subarray(0, 100));
  });
  await pause(ms);
  for (const socket of sockets) socket.destroy();
}

/** Sends large requests over many streams, a byte at a time, for a while. */
export async function sendSlowly(victim: Victim, many: number, ms: number): Promise<void> {
  const sessions = await Promise.all(Array.from({ length: 10 }, () => sessionOf(victim)));
  const streams = Array.from({ length: many }, (_, index) => rawCall(at(sessions, index)).stream);
  for (const stream of streams) stream.write(messageHead(60 * MEBIBYTE));
  const end = Date.now() + ms;
  while (Date.now() < end) {
    for (const stream of streams) if (stream.writable) stream.write("x");
    await pause(100);
  }
  for (const session of sessions) session.destroy();
}

/** Begins calls and takes them back at once (CVE-2023-44487), over new connections where the server breaks them off. */
export async function resetRapidly(victim: Victim, many: number): Promise<void> {
  let session = await sessionOf(victim);
  for (let index = 0; index < many; index += 1) {
    if (session.destroyed || session.closed) session = await sessionOf(victim);
    const { stream } = rawCall(session);
    stream.close(constants.NGHTTP2_CANCEL);
    if (index % 100 === 0) await pause(0);
  }
  session.destroy();
}

/** Sends many requests of some MiB at a time, of which each is whole and well, and is answered. */
export async function sendLarge(victim: Victim, many: number, mebibytes: number): Promise<void> {
  const text = "x".repeat(mebibytes * MEBIBYTE - 4096);
  const message = Buffer.from(encodeRequest(request("none", { input: { text } })));
  const sessions = await Promise.all(Array.from({ length: 5 }, () => sessionOf(victim)));
  const codes = Array.from({ length: many }, (_, index) => {
    const { stream, code } = rawCall(at(sessions, index));
    stream.write(messageHead(message.length));
    stream.end(message);
    return code;
  });
  for (const code of codes) expect(await code).toBe(0);
  for (const session of sessions) session.destroy();
}

/** Begins many large requests, sends some MiB of each as far as the server's windows let it, and leaves it at that for a while. */
export async function stallLarge(victim: Victim, many: number, ms: number): Promise<void> {
  const sessions = await Promise.all(Array.from({ length: 5 }, () => sessionOf(victim)));
  const part = Buffer.alloc(8 * MEBIBYTE);
  for (let index = 0; index < many; index += 1) {
    const { stream } = rawCall(at(sessions, index));
    stream.write(messageHead(64 * MEBIBYTE));
    stream.write(part);
  }
  await pause(ms);
  for (const session of sessions) session.destroy();
}

/** Says what is no TLS, no HTTP/2, or no gRPC. */
export async function sayGarbage(victim: Victim, many: number): Promise<void> {
  const metricsPort = Number(victim.process.metrics?.split(":")[1]);
  await eachOf(many, 50, async (index) => {
    const socket = await opened(index % 5 === 4 ? metricsPort : victim.port);
    socket.write(at(GARBAGE, index)());
    await Promise.race([closed(socket), pause(50)]);
    socket.destroy();
  });
  const session = await sessionOf(victim);
  await eachOf(many, 50, async () => {
    const { stream, code } = rawCall(session);
    stream.end(Buffer.concat([messageHead(1000), randomBytes(1000)]));
    await code;
  });
  session.destroy();
}

/** Floods a server of plain text with frames that it has to answer or to keep, and does not read what it answers. */
export async function floodFrames({ port }: Victim, msEach: number): Promise<void> {
  for (const frame of FLOODS) {
    const socket = await opened(port);
    socket.pause();
    socket.write(Buffer.concat([PREFACE, SETTINGS, HEADERS]));
    const part = Buffer.concat(Array.from({ length: Math.ceil(MEBIBYTE / frame.length / 4) }, () => frame));
    const end = Date.now() + msEach;
    while (Date.now() < end && !socket.destroyed) {
      if (!socket.write(part)) await Promise.race([once(socket, "drain").catch(() => {}), closed(socket), pause(100)]);
      if (socket.writableLength > 8 * MEBIBYTE) break;
    }
    socket.destroy();
  }
}

const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const SETTINGS = frame(4, 0, 0, Buffer.alloc(0));
/** The head of a call that is not over: `:method: GET` and `:path: /`, as HPACK's static table has them. */
const HEADERS = frame(1, 0, 1, Buffer.from([0x82, 0x84]));
const FLOODS = [
  SETTINGS,
  // PING
  frame(6, 0, 0, Buffer.alloc(8)),
  // CONTINUATION without an end
  frame(9, 0, 1, Buffer.alloc(16_000, Buffer.from([0x00, 0x01, 0x61, 0x01, 0x62]))),
  // WINDOW_UPDATE by 1
  frame(8, 0, 0, Buffer.from([0, 0, 0, 1])),
  // PRIORITY of a stream that there is not
  frame(2, 0, 99, Buffer.from([0, 0, 0, 0, 1])),
  // DATA that is empty
  frame(0, 0, 1, Buffer.alloc(0)),
];

const GARBAGE: readonly (() => Buffer)[] = [
  () => randomBytes(4096),
  () => Buffer.from("GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n"),
  () => Buffer.concat([PREFACE, randomBytes(4096)]),
  () => Buffer.concat([Buffer.from([22, 3, 1, 255, 255]), randomBytes(4096)]),
  () => Buffer.from(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n${"x".repeat(1000)}`),
];

function sessionOf({ port, way, client }: Victim): Promise<ClientHttp2Session> {
  if (way === "plain") return rawSession(port);
  const { certificate: cert, key, authority: ca } = client;
  return rawSession(port, { secure: true, cert, key, ca, rejectUnauthorized: false });
}

/** What a client of TLS says first. */
async function clientHello(): Promise<Buffer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const client = connectTLS({ host: "127.0.0.1", port, ALPNProtocols: ["h2"] });
  client.on("error", () => {});
  const [socket] = (await once(server, "connection")) as [Socket];
  const [hello] = (await once(socket, "data")) as [Buffer];
  client.destroy();
  socket.destroy();
  server.close();
  return hello;
}

/** A connection, or one that was refused already. */
async function opened(port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => {});
  await Promise.race([new Promise<void>((resolve) => socket.once("connect", resolve)), closed(socket)]);
  return socket;
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once("close", () => resolve()));

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Does something for each of so many, of which so many at a time. */
async function eachOf(many: number, atATime: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < many) {
      next += 1;
      await act(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

function at<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}
