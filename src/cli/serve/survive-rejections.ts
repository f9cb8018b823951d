import { type Logger } from "../../runtime/index.js";
import { type IO } from "../io.js";

/**
 * A promise that a function forgets, and that fails, takes nobody else's call with it. What it says is not logged, only where
 * that was: nobody knows of which request it is, and so what in it is secret. Returns what makes an end of that.
 */
export function surviveRejections({ rejections }: Pick<IO, "rejections">, log: Pick<Logger, "error">): () => void {
  const listener = (error: unknown) => {
    const { name: type, stack = "" } = error instanceof Error ? error : { name: typeof error };
    const frames = stack.split("\n").filter((line) => FRAME.test(line));
    log.error({ err: { type, stack: frames.join("\n") } }, "a promise was rejected, and nobody has handled it");
  };
  rejections.on("unhandledRejection", listener);
  return () => void rejections.off("unhandledRejection", listener);
}

/** As V8 writes where something was called. */
const FRAME = /^ {4}at (.* \()?[^ ()]+:\d+:\d+\)?$/;
