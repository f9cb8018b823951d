import { type Server } from "@grpc/grpc-js";
import { type Logger } from "../runtime/log.js";
import { type Listener } from "./listen.js";
import { type Calls } from "./service.js";

export interface Closing {
  readonly server: Server;
  readonly calls: Calls;
  /** Who has to be told that it closes; those that are undefined are not there. */
  readonly told: readonly ({ drain(): void } | undefined)[];
  readonly listener: Listener;
  readonly logger: Logger;
}

/**
 * Makes the `close` of a server. Clients are told to go elsewhere (GOAWAY), and what they sent before they heard it is
 * answered; a call that came too late is one that they know was not accepted, so that they make it again elsewhere.
 */
export function closer({ server, calls, told, listener, logger }: Closing): (deadlineMs: number) => Promise<number> {
  let drained: Promise<unknown> | undefined;
  let broken = 0;
  let breakOff = () => {};
  const brokenOff = new Promise<void>((resolve) => {
    breakOff = () => {
      broken = calls.underWay;
      if (broken > 0) logger.warn({ calls: broken }, "breaking off the calls that are under way");
      else logger.info("breaking off connections whose clients do not take what they are sent");
      server.forceShutdown();
      resolve();
    };
  });
  const drain = () => {
    const over = listener.close();
    for (const each of told) each?.drain();
    // It tells clients, and lets calls come to their end. That they have is not for its callback to say: Node 24 closes the
    // sessions of a server together with it, and gRPC takes what was closed before for something that is over.
    server.tryShutdown(() => {});
    return over;
  };
  return async (deadlineMs) => {
    drained ??= drain();
    const timer = setTimeout(() => breakOff(), deadlineMs);
    await Promise.race([drained, brokenOff]);
    clearTimeout(timer);
    listener.destroy();
    return broken;
  };
}
