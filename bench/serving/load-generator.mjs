// Calls servers over one connection each, as Crossplane does, in a process of its own. The process that forked it sends
// orders (see load.mjs), and gets an answer for each.
import { readFileSync } from "node:fs";
import { connect } from "node:http2";
import { cpuOf } from "./process-figures.mjs";

const sessions = new Map();
const messages = new Map();

process.on("message", async (order) => {
  try {
    process.send(await (order.kind === "call" ? callOnce(order) : load(order)));
  } catch (error) {
    process.send({ error: error.message });
  }
});

/** One call with a request that is in a file: the message of the response. */
async function callOnce({ port, file }) {
  const chunks = [];
  await call(await sessionAt(port), messageIn(file), (chunk) => chunks.push(chunk));
  return { response: Buffer.concat(chunks).subarray(PREFIX) };
}

/**
 * Keeps so many calls in flight, with one request after the other of those in the files, until so many milliseconds have passed, or so many calls have been made. Each has to be
 * answered with as many bytes as are expected.
 */
async function load({
  port,
  files,
  inFlight,
  ms = Number.POSITIVE_INFINITY,
  calls = Number.POSITIVE_INFINITY,
  bytes,
  pid,
}) {
  const session = await sessionAt(port);
  const requests = files.map(messageIn);
  const latencies = [];
  let begun = 0;
  let end;
  const own = process.cpuUsage();
  const cpu = cpuOf(pid);
  const started = performance.now();
  const isOver = () => {
    if (begun < calls && performance.now() - started < ms) return false;
    end ??= { at: performance.now(), cpu: cpuOf(pid), own: process.cpuUsage(own) };
    return true;
  };
  const one = async () => {
    while (!isOver()) {
      const message = requests[begun++ % requests.length];
      const at = performance.now();
      let received = -PREFIX;
      await call(session, message, (chunk) => {
        received += chunk.length;
      });
      if (received !== bytes) throw new Error(`a response has ${received} bytes rather than ${bytes}`);
      // What was still in flight at the end is not counted.
      if (end === undefined) latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  const wall = end.at - started;
  const sorted = Float64Array.from(latencies).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return {
    rate: (latencies.length / wall) * 1000,
    cpu: ((end.cpu - cpu) / latencies.length) * 1000,
    p50: at(0.5),
    p99: at(0.99),
    busy: (end.own.user + end.own.system) / 1000 / wall,
  };
}

/** Of a message of gRPC: whether it is compressed, and its length. */
const PREFIX = 5;

function messageIn(file) {
  const known = messages.get(file);
  if (known !== undefined) return known;
  const body = readFileSync(file);
  const message = Buffer.alloc(PREFIX + body.length);
  message.writeUInt32BE(body.length, 1);
  body.copy(message, PREFIX);
  messages.set(file, message);
  return message;
}

async function sessionAt(port) {
  const known = sessions.get(port);
  if (known !== undefined && !known.destroyed) return known;
  const session = connect(`http://127.0.0.1:${port}`, { settings: { initialWindowSize: WINDOW } });
  sessions.set(port, session);
  session.on("error", () => {});
  await new Promise((resolve, reject) => session.once("connect", resolve).once("error", reject));
  session.setLocalWindowSize(WINDOW);
  return session;
}

/** A response never waits for the client. */
const WINDOW = 16 * 1024 * 1024;

const HEADERS = {
  ":method": "POST",
  ":path": "/apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction",
  "content-type": "application/grpc",
  te: "trailers",
  "user-agent": "grpc-go/1.81.1",
  "grpc-timeout": "10S",
};

function call(session, message, onData) {
  return new Promise((resolve, reject) => {
    const stream = session.request(HEADERS);
    let status;
    let said;
    const heard = (headers) => {
      if (headers["grpc-status"] === undefined) return;
      [status, said] = [headers["grpc-status"], headers["grpc-message"]];
    };
    stream.on("response", heard);
    stream.on("trailers", heard);
    stream.on("data", onData);
    stream.on("error", reject);
    stream.on("end", () => {
      if (status === "0") resolve();
      else reject(new Error(`a call was answered with status ${status}: ${said}`));
    });
    stream.end(message);
  });
}
