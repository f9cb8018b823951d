import { onTestFinished } from "vitest";
import { type Runner } from "../../src/runner/index.js";
import { type ServeOptions, type Serving, serve } from "../../src/serve/serve.js";
import { type WrittenLog, writtenLog } from "./written-log.js";

export interface CountingServer {
  readonly serving: Serving;
  readonly log: WrittenLog;
  /** How many calls the runner has answered. */
  answers(): number;
  /** Waits until the runner has been called so many times. */
  called(times: number): Promise<void>;
  /** Waits until the runner has answered so many times. */
  answered(times: number): Promise<void>;
}

/** Serves a runner on loopback until the test is over, in plain text unless `options` say otherwise, and counts its calls. */
export async function countingServer(runner: Runner, options: Partial<ServeOptions> = {}): Promise<CountingServer> {
  const log = writtenLog();
  let [calls, answers] = [0, 0];
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const check of waiting) check();
  };
  const counted: Runner = async (request) => {
    calls += 1;
    changed();
    const response = await runner(request);
    answers += 1;
    changed();
    return response;
  };
  const until = (isReached: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!isReached()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  const serving = await serve({
    runner: counted,
    address: "127.0.0.1:0",
    credentials: { kind: "insecure" },
    logger: log.logger,
    ...options,
  });
  onTestFinished(async () => void (await serving.close(0)));
  return {
    serving,
    log,
    answers: () => answers,
    called: (times) => until(() => calls >= times),
    answered: (times) => until(() => answers >= times),
  };
}
