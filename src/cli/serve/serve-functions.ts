import { EventEmitter } from "node:events";
import { type AnyFn } from "../../function/index.js";
import { type SignalSource } from "../../runtime/shutdown.js";
import { type IO } from "../io.js";
import { UsageError } from "../usage-error.js";
import { serveFunction } from "./serve-function.js";
import { type ServeOptions } from "./serve-options.js";

/**
 * Serves several functions until the process is told to end, each at a port of its own: the first at the address's, the second
 * at the next one, and so on. Crossplane dials a Function, and does not say which it means, so that one port cannot serve two.
 * Where one cannot be served, none is.
 *
 * @throws UsageError where options are given that only one function can have
 */
export async function serveFunctions(fns: readonly AnyFn[], options: ServeOptions, io: IO): Promise<number> {
  const [only, second] = fns;
  if (only !== undefined && second === undefined) return serveFunction(only, options, io);
  if (options.healthAddress !== undefined || options.metrics !== undefined) {
    throw new UsageError("--health-address and --metrics-address are of one function, and there are several");
  }
  const signals = new SharedSignals(io.signals);
  const serving = fns.map(async (fn, index) => {
    // One of them says what nobody handles.
    const rejections = index === 0 ? io.rejections : new EventEmitter();
    const own = { ...options, address: nextAddress(options.address, index) };
    try {
      return await serveFunction(fn, own, { ...io, signals, rejections });
    } catch (error) {
      signals.stop();
      throw error;
    }
  });
  await Promise.allSettled(serving);
  return Math.max(...(await Promise.all(serving)));
}

/** Port 0 takes one that is free, for each. */
function nextAddress(address: string, index: number): string {
  return address.replace(/\d+$/, (port) => (port === "0" ? port : String(Number(port) + index)));
}

/** The signals of the process, and one more that tells all that one has failed. */
class SharedSignals implements SignalSource {
  readonly #process: SignalSource;
  readonly #listeners = new Set<() => void>();
  #isStopped = false;

  constructor(process: SignalSource) {
    this.#process = process;
  }

  on(...[signal, listener]: Parameters<SignalSource["on"]>): void {
    this.#process.on(signal, listener);
    if (signal !== "SIGTERM") return;
    this.#listeners.add(listener);
    if (this.#isStopped) queueMicrotask(listener);
  }

  off(...[signal, listener]: Parameters<SignalSource["off"]>): void {
    this.#process.off(signal, listener);
    this.#listeners.delete(listener);
  }

  stop(): void {
    this.#isStopped = true;
    for (const listener of this.#listeners) listener();
  }
}
