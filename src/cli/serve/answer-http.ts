import { type Logger, serveProbes } from "../../runtime/index.js";
import { reason } from "../../runtime/reason.js";
import { type Metrics } from "../../serve/metrics.js";
import { type ServeOptions } from "./serve-options.js";

export interface AnswerHTTPOptions {
  readonly metrics: Metrics | undefined;
  isReady(): boolean;
  readonly logger: Pick<Logger, "warn">;
}

/** What answers over plain HTTP. */
export interface HTTPAnswers {
  /** Hosts and ports, by what they are for. */
  readonly addresses: { readonly health?: string; readonly metrics?: string };
  close(): void;
}

/**
 * Answers probes and Prometheus where the options say so; at one address for both, if it is the same.
 *
 * @throws Error where it cannot listen at an address that was asked for; where it was not, the log says so
 */
export async function answerHTTP(
  options: ServeOptions,
  { metrics, isReady, logger }: AnswerHTTPOptions,
): Promise<HTTPAnswers> {
  const { healthAddress, metrics: asked } = options;
  const measured =
    asked && (await open(asked, () => serveProbes({ address: asked.address, isReady, metrics }), logger));
  if (healthAddress === undefined || healthAddress === asked?.address) {
    return { addresses: measured ? { metrics: measured.address } : {}, close: () => measured?.close() };
  }
  try {
    const probes = await serveProbes({ address: healthAddress, isReady });
    return {
      addresses: { health: probes.address, ...(measured && { metrics: measured.address }) },
      close() {
        probes.close();
        measured?.close();
      },
    };
  } catch (error) {
    measured?.close();
    throw error;
  }
}

async function open<T>(
  { isRequired }: NonNullable<ServeOptions["metrics"]>,
  listen: () => Promise<T>,
  logger: Pick<Logger, "warn">,
): Promise<T | undefined> {
  try {
    return await listen();
  } catch (error) {
    if (isRequired) throw error;
    logger.warn({ reason: reason(error) }, "nobody can measure this function; say another --metrics-address");
    return undefined;
  }
}
