import { constants, type ServerHttp2Stream } from "node:http2";
import { type ServerInterceptingCallInterface, type ServerInterceptor, status } from "@grpc/grpc-js";
import { type Limits } from "./limits.js";
import { streamOf } from "./stream-of.js";

export interface IntakeOptions {
  readonly limits: Pick<Limits, "calls" | "bytes" | "transferMs">;
  /** Is told whose call was refused or given up, with its status and with a reason that goes behind a colon. */
  onRefused(refused: RefusedCall): void;
  /** Is told of each call, before anything of it is read. */
  onCall(call: Caller): void;
  /** Milliseconds since some moment. Default: those of a clock that never goes back. */
  readonly now?: () => number;
}

/** Where a call comes from. */
export interface Caller {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

export interface RefusedCall extends Caller {
  readonly path: string;
  readonly code: status;
  readonly why: string;
}

/** Bounds what a server holds of the calls that are made to it. */
export interface Intake {
  /** Sees each call before anything of it is read. */
  readonly interceptor: ServerInterceptor;
  /** From now on a call is answered: it holds so many bytes, until they are taken. */
  answers(call: object, bytes: number): void;
  /** Gives up those that take too long. For somebody to call every second. */
  sweep(): void;
  /** How many there are, and how many bytes they hold. */
  readonly held: { readonly calls: number; readonly bytes: number };
}

export function intake({ limits, onRefused, onCall, now = () => performance.now() }: IntakeOptions): Intake {
  // In the order in which they came.
  const open = new Map<ServerHttp2Stream, Held>();
  const paused = new Set<Held>();
  let bytes = 0;

  const hold = (held: Held, more: number) => {
    held.bytes += more;
    bytes += more;
  };
  const goOn = () => {
    for (const held of paused) {
      if (bytes > limits.bytes && held !== oldest()) continue;
      paused.delete(held);
      held.stream.resume();
    }
  };
  const oldest = () => firstOf(open.values(), ({ phase }) => phase === "arriving");
  const refuse = (held: Pick<Held, "call" | "stream" | "path">, code: status, why: string) => {
    held.call.sendStatus({ code, details: `cannot take the call: ${why}`, metadata: null });
    end(held.stream);
    tell(held, code, why);
  };
  const tell = ({ call, path }: Pick<Held, "call" | "path">, code: status, why: string) => {
    const { remoteAddress, remotePort } = call.getConnectionInfo();
    onRefused({ path, code, why, remoteAddress, remotePort });
  };
  const giveUp = (held: Held, code: status, why: string) => {
    release(held);
    refuse(held, code, why);
  };
  // Nobody's calls keep another's out: who has the most gives one up that has not arrived yet, and else who sends the slowest.
  const makeRoom = (newcomer: ServerHttp2Stream): boolean => {
    if (open.size < limits.calls) return true;
    const slowest = oldest();
    const other = slowest && now() - slowest.since >= HASTE ? slowest : ofTheBusiest(open.values(), newcomer.session);
    if (other === undefined) return false;
    giveUp(other, status.RESOURCE_EXHAUSTED, `there is ${FULL}`);
    return true;
  };
  const release = (held: Held) => {
    if (!open.delete(held.stream)) return;
    held.phase = "gone";
    paused.delete(held);
    bytes -= held.bytes;
    if (paused.size > 0) goOn();
  };
  // gRPC itself has refused it: for its size, or since its deadline has passed.
  const answeredEarly = (held: Held) => {
    release(held);
    end(held.stream);
    const code = Number(held.stream.sentHeaders?.["grpc-status"] ?? status.CANCELLED);
    tell(held, code, code === status.RESOURCE_EXHAUSTED ? "it is too large" : "it came too late");
  };
  const take = (held: Held) => {
    const { stream } = held;
    open.set(stream, held);
    // Before gRPC's own listener, which would inflate at once what is complete.
    stream.prependListener("data", (chunk: Buffer) => {
      if (held.phase !== "arriving") return;
      if (held.bytes === 0 && chunk[0] === COMPRESSED) {
        giveUp(held, status.UNIMPLEMENTED, "it is compressed; send it as it is");
        return;
      }
      if (stream.headersSent && !held.requestStream) {
        answeredEarly(held);
        return;
      }
      hold(held, chunk.length);
      if (bytes <= limits.bytes || held === oldest()) return;
      paused.add(held);
      stream.pause();
    });
    stream.once("end", () => {
      if (held.phase !== "arriving") return;
      held.phase = "here";
      if (paused.size > 0) goOn();
    });
    stream.once("close", () => release(held));
  };
  return {
    interceptor: ({ path, requestStream }, call) => {
      onCall(call.getConnectionInfo());
      const stream = streamOf(call);
      if (stream === undefined) return asIs(call);
      if (makeRoom(stream)) take({ call, stream, path, since: now(), bytes: 0, phase: "arriving", requestStream });
      else refuse({ call, stream, path }, status.RESOURCE_EXHAUSTED, `there is ${FULL}`);
      return asIs(call);
    },
    answers(call, length) {
      const held = open.get(streamOf(call) as ServerHttp2Stream);
      if (held === undefined) return;
      // The request is no longer needed.
      hold(held, length - held.bytes);
      held.phase = "leaving";
      held.since = now();
    },
    sweep() {
      const before = now() - limits.transferMs;
      for (const held of open.values()) {
        if (held.since > before || held.phase === "here") continue;
        if (held.phase === "leaving") {
          held.stream.close(constants.NGHTTP2_CANCEL);
          release(held);
          continue;
        }
        giveUp(held, status.DEADLINE_EXCEEDED, `it has not arrived within ${limits.transferMs / 1000} s`);
      }
    },
    get held() {
      return { calls: open.size, bytes };
    },
  };
}

interface Held {
  readonly call: ServerInterceptingCallInterface;
  readonly stream: ServerHttp2Stream;
  readonly path: string;
  /** Whether it is answered while it still arrives. */
  readonly requestStream: boolean;
  /** When it began to arrive, or to leave. */
  since: number;
  bytes: number;
  phase: "arriving" | "here" | "leaving" | "gone";
}

/** What arrives faster than that, in milliseconds, is never given up for others. */
const HASTE = 1000;

const FULL = "no room for more calls; make it again later";

/** The first byte of a message whose content is. */
const COMPRESSED = 1;

/** Tells who still sends that nobody reads it. */
function end(stream: ServerHttp2Stream): void {
  const close = () => stream.close(constants.NGHTTP2_NO_ERROR);
  if (stream.writableFinished) close();
  else stream.once("finish", close);
}

/** The oldest that still arrives of the connection that has the most calls, if that has more than this one has. */
function ofTheBusiest(open: Iterable<Held>, session: ServerHttp2Stream["session"]): Held | undefined {
  const counts = new Map<ServerHttp2Stream["session"], number>();
  const arriving = new Map<ServerHttp2Stream["session"], Held>();
  for (const held of open) {
    const from = held.stream.session;
    counts.set(from, (counts.get(from) ?? 0) + 1);
    if (held.phase === "arriving" && !arriving.has(from)) arriving.set(from, held);
  }
  let [most, found] = [counts.get(session) ?? 0, undefined as Held | undefined];
  for (const [from, held] of arriving) {
    const count = counts.get(from) ?? 0;
    if (count <= most) continue;
    [most, found] = [count, held];
  }
  return found;
}

function firstOf<T>(items: Iterable<T>, isOne: (item: T) => boolean): T | undefined {
  for (const item of items) if (isOne(item)) return item;
  return undefined;
}

// An interceptor returns the call of grpc-js's own class, which nothing is put around.
function asIs(call: ServerInterceptingCallInterface) {
  return call as ReturnType<ServerInterceptor>;
}
