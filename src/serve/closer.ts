import { type Server } from "@grpc/grpc-js";
import { type Logger } from "../runtime/log.js";
import { type Health } from "./health.js";
import { type Listener } from "./listen.js";
import { type Calls } from "./service.js";

export interface Closing {
  readonly server: Server;
  readonly calls: Calls;
  readonly health: Health;
  readonly listener: Listener;
  readonly logger: Logger;
}

/**
 * Makes the `close` of a server. Clients are told to go elsewhere (GOAWAY), and what they sent before they heard it is
 * answered; a call that came too late is one that they know was not accepted, so that they make it again elsewhere.
 */
export function closer({ server, calls, health, listener, logger }: Closing): (deadlineMs: number) => Promise<number> {
  let drained: Promise<void> | undefined;
  let broken = 0;
  let breakOff = () => {};
  const brokenOff = new Promise<void>((resolve) => {
    breakOff = () => {
      broken += calls.underWay;
      if (broken > 0) logger.warn({ calls: broken }, "breaking off the calls that are under way");
      else logger.info("closing connections that their clients have kept open");
      server.forceShutdown();
      resolve();
    };
  });
  return async (deadlineMs) => {
    listener.close();
    health.drain();
    drained ??= new Promise((resolve) => server.tryShutdown(() => resolve()));
    const timer = setTimeout(() => breakOff(), deadlineMs);
    await Promise.race([drained, brokenOff]);
    clearTimeout(timer);
    listener.destroy();
    return broken;
  };
}
