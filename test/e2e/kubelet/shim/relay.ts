import { connect, type Socket } from "node:net";
import { pipeline } from "node:stream";

/** Joins a connection from outside with one to a port inside, in both directions, each of which may end before the other. */
export function relay(outside: Socket, port: number): void {
  // A socket that came from another process has the default, which ends with its first half.
  outside.allowHalfOpen = true;
  outside.setNoDelay(true);
  const inside = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  pipeline(outside, inside, (error) => error && outside.destroy());
  pipeline(inside, outside, (error) => error && inside.destroy());
}
