import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type TakeConnection } from "./door.js";
import { childrenOf } from "./processes.js";
import { type Container, type Ending, type Order, type Report } from "./shim/protocol.js";

export interface PodOptions {
  /** The shim as one file of JavaScript: {@link bundleShim}. */
  readonly shim: string;
  /** What the container prints is appended to this file. */
  readonly log: string;
  onReady(ready: boolean): void;
}

/** One life of a container. */
export interface Pod {
  /** Its process, as the host knows it; undefined before there is one and after it has ended. */
  pid(): number | undefined;
  /** Hands over a connection that was accepted outside, for the port inside. */
  readonly connect: TakeConnection;
  /** SIGTERM, then SIGKILL after `graceSeconds`. Resolves once it has ended. */
  stop(graceSeconds: number): Promise<void>;
  /** Rejects if it cannot be started, or if what keeps it is lost. */
  readonly ended: Promise<Ending>;
}

/** New for each pod. The pid namespace is what takes all of a pod away with the shim, which is its first process. */
const NAMESPACES = ["--net", "--mount", "--uts", "--ipc", "--pid", "--mount-proc"];

/** Runs a container in namespaces of its own. It never outlives this process, nor does anything that it has mounted. */
export function startPod(container: Container, { shim, log, onReady }: PodOptions): Pod {
  const args = [
    "--pdeathsig",
    "KILL",
    "unshare",
    ...NAMESPACES,
    "--fork",
    "--kill-child",
    "--",
    process.execPath,
    shim,
  ];
  const outer = spawn("setpriv", args, { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  for (const output of [outer.stdout, outer.stderr]) output?.on("data", (data) => appendFileSync(log, data));
  const ended = endOf(outer, onReady);
  // Whoever awaits it hears of a failure; nobody has to.
  ended.catch(() => undefined);
  order(outer, { order: "start", container });

  return {
    ended,
    pid: () => processOf(outer),
    connect: (socket) => handOver(outer, socket),
    async stop(graceSeconds) {
      order(outer, { order: "stop", graceSeconds });
      await Promise.race([ended.catch(() => undefined), pause((graceSeconds + 5) * 1000, undefined, { ref: false })]);
      outer.kill("SIGKILL");
      await ended.catch(() => undefined);
    },
  };
}

/** How the container ended, once all that belonged to it is gone. */
function endOf(outer: ChildProcess, onReady: (ready: boolean) => void): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let last: Report | undefined;
    outer.on("message", (report: Report) => {
      if (report.report === "ready") onReady(report.ready);
      if (report.report === "ended" || report.report === "failed") last = report;
    });
    outer.on("error", (error) => reject(new Error(`cannot run setpriv: ${error.message}`)));
    outer.on("close", (code, signal) => {
      if (last?.report === "ended") resolve(last.ending);
      else if (last?.report === "failed") reject(new Error(last.reason));
      else reject(new Error(`the shim ended with ${signal ?? code}; its log says why`));
    });
  });
}

/** An order to a shim that is gone has no effect. */
function order(outer: ChildProcess, order: Order): void {
  if (outer.connected) outer.send(order, () => undefined);
}

/**
 * One at a time, and with an answer. It is kept open here until then: of what is on its way when the shim goes, Node tells
 * nothing, and closes nothing.
 */
async function handOver(outer: ChildProcess, socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    if (!outer.connected) return resolve();
    const settle = () => {
      outer.off("message", hear).off("disconnect", settle).off("exit", settle);
      resolve();
    };
    const hear = ({ report }: Report) => report === "taken" && settle();
    outer.on("message", hear).on("disconnect", settle).on("exit", settle);
    outer.send({ order: "connection" } satisfies Order, socket, { keepOpen: true }, (error) => error && settle());
  });
  socket.destroy();
}

/** From setpriv, which has become unshare, to the shim, to the unshare within, to the process. */
function processOf({ pid, exitCode, signalCode }: ChildProcess): number | undefined {
  if (pid === undefined || exitCode !== null || signalCode !== null) return undefined;
  const [shim = 0] = childrenOf(pid);
  const [inner = 0] = childrenOf(shim);
  return childrenOf(inner)[0];
}
