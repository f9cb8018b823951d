import { type Socket } from "node:net";
import { run } from "./container.js";
import { type Order, type Report } from "./protocol.js";
import { relay } from "./relay.js";

/*
 * Keeps the one container of a pod, from inside the pod's namespaces, as containerd's shim does from beside them. It takes
 * orders over IPC, and is the first process of a pid namespace of its own: when it goes, for whatever reason, the kernel
 * kills what it has started, and takes its mounts away.
 */

let stop: ((graceSeconds: number) => void) | undefined;
let port = 0;

process.on("message", (order: Order, socket?: Socket) => {
  if (order.order === "start") start(order);
  if (order.order === "stop") stop?.(order.graceSeconds);
  if (order.order === "connection") take(socket);
});
process.on("disconnect", () => process.exit());

function start({ container }: Order & { readonly order: "start" }): void {
  port = container.port;
  try {
    stop = run(container, {
      onReady: (ready) => say({ report: "ready", ready }),
      onEnd: (ending) => say({ report: "ended", ending }, () => process.exit()),
    });
  } catch (error) {
    say({ report: "failed", reason: (error as Error).message }, () => process.exit());
  }
}

/** A caller may have hung up before its socket is here. */
function take(socket: Socket | undefined): void {
  if (socket) relay(socket, port);
  say({ report: "taken" });
}

function say(report: Report, then?: () => void): void {
  process.send?.(report, undefined, undefined, () => then?.());
}
