import { setTimeout as wait } from "node:timers/promises";

export interface RetryOptions {
  /** How often something is tried again after its first failure. Default: 4. */
  readonly retries?: number;
  /** Waits so many milliseconds. Default: it does. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  /** Tells that something is tried again, and why. Default: nobody. */
  readonly onRetry?: (why: string) => void;
}

/** A failure that may pass. */
export class Passing extends Error {
  /** When whoever failed wants to be asked again, in milliseconds from now. */
  readonly after: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly after?: number | undefined } = {}) {
    super(message, options);
    this.after = options.after;
  }
}

/** Runs an attempt until it does not fail in passing. It has to be safe to run again after it has failed half-way. */
export async function retrying<T>(options: RetryOptions, attempt: () => Promise<T>): Promise<T> {
  const { retries = 4, pause = wait, onRetry } = options;
  for (let failed = 0; ; failed++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Passing) || failed >= retries) throw error;
      onRetry?.(error.message);
      await pause(Math.min(error.after ?? backoff(failed), LONGEST));
    }
  }
}

const LONGEST = 60_000;

/** Half a second, doubled each time, and up to half as much more, so that clients that failed together part. */
function backoff(failed: number): number {
  return 500 * 2 ** failed * (1 + Math.random() / 2);
}

/** What a Retry-After header says, in milliseconds from now. */
export function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
