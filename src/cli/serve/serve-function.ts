import { type AnyFn } from "../../function/index.js";
import { logger, shutdown } from "../../runtime/index.js";
import { runner, serve } from "../../serve/index.js";
import { type IO } from "../io.js";
import { type ServeOptions } from "./serve-options.js";

/**
 * Serves one function until the process is told to end, and resolves to the exit code. It knows nothing of a project: the
 * program of a function's package runs it as well as `trimtab serve`.
 *
 * @throws Error that names the address and says why, where it cannot listen
 */
export async function serveFunction(fn: AnyFn, options: ServeOptions, io: IO): Promise<number> {
  const { address, credentials, maxReceiveBytes, isDebug } = options;
  const log = logger({ level: isDebug ? "debug" : "info", name: fn.name, to: lines(io) });
  const serving = await serve({
    runner: runner(fn, { logger: log }),
    name: fn.name,
    address,
    credentials,
    logger: log,
    maxReceiveBytes,
  });
  log.info({ address: serving.address, tls: credentials.kind === "tls" }, "serving");
  await shutdown(io.signals, {
    close: serving.close,
    onSignal: (signal) => log.info({ signal }, "shutting down"),
  });
  log.info("stopped");
  return 0;
}

function lines({ stderr }: IO) {
  return { write: (line: string) => void stderr.write(line) };
}
