import { type AnyFn } from "../../function/index.js";
import { type Logger, logger, shutdown, watchCertificates } from "../../runtime/index.js";
import { runner, type Serving, serve } from "../../serve/index.js";
import { type IO } from "../io.js";
import { answerHTTP } from "./answer-http.js";
import { type ServeOptions } from "./serve-options.js";
import { surviveRejections } from "./survive-rejections.js";
import { trace } from "./trace.js";

/**
 * Serves one function until the process is told to end, and resolves to the exit code: 0, or 1 where calls had to be broken
 * off. It knows nothing of a project: the program of a function's package runs it as well as `trimtab serve`.
 *
 * @throws Error that names the address and says why, where it cannot listen
 */
export async function serveFunction(fn: AnyFn, options: ServeOptions, io: IO): Promise<number> {
  const { address, credentials, maxReceiveBytes, shutdownMs, hasReflection, isDebug } = options;
  const log = logger({ level: isDebug ? "debug" : "info", name: fn.name, to: lines(io) });
  const cleanUp = [surviveRejections(io, log)];
  try {
    const [metrics, tracing] = await Promise.all([measure(options), trace(fn.name, io, log)]);
    const serving = await serve({
      runner: runner(fn, { logger: log }),
      name: fn.name,
      address,
      credentials,
      logger: log,
      maxReceiveBytes,
      reflection: hasReflection,
      observers: [metrics, tracing].flatMap((each) => each?.observer ?? []),
    });
    // Nothing is left to break off where it was closed before.
    cleanUp.push(() => void serving.close(0), watch(serving, options, log));
    const state = { isReady: true, brokenOff: 0 };
    const http = await answerHTTP(options, { metrics, isReady: () => state.isReady, logger: log });
    cleanUp.push(() => http.close());
    const stopped = shutdown(io.signals, {
      deadlineMs: shutdownMs,
      async close(deadlineMs) {
        state.isReady = false;
        state.brokenOff = await serving.close(deadlineMs);
      },
      onSignal: (signal) => log.info({ signal }, "shutting down"),
    });
    // Whoever reads this may send a signal at once.
    log.info({ address: serving.address, ...http.addresses, tls: credentials.kind === "tls" }, "serving");
    await stopped;
    await tracing?.close(LAST_TRACES);
    log.info("stopped");
    return state.brokenOff === 0 ? 0 : 1;
  } finally {
    for (const clean of cleanUp) clean();
  }
}

/** How long a collector may take for the last spans, in milliseconds. */
const LAST_TRACES = 2000;

function lines({ stderr }: IO) {
  return { write: (line: string) => void stderr.write(line) };
}

function watch(serving: Serving, { credentials, certificatesFolder }: ServeOptions, log: Logger): () => void {
  if (credentials.kind !== "tls" || certificatesFolder === undefined) return () => {};
  return watchCertificates(certificatesFolder, {
    current: credentials.certificates,
    onChange: serving.renew,
    logger: log,
  });
}

/** Who is not measured loads nothing for it. */
async function measure({ metrics }: ServeOptions) {
  return metrics === undefined ? undefined : (await import("../../serve/metrics.js")).metrics();
}
