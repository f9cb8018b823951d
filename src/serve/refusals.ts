import { type Logger } from "../runtime/log.js";

export interface RefusalsOptions {
  readonly logger: Pick<Logger, "warn">;
  /** Milliseconds since some moment. Default: those of a clock that never goes back. */
  readonly now?: () => number;
}

/**
 * Says which clients are refused, and why: once for each address and reason in ten minutes, however often such a client
 * tries again. The next line then says how many times that was.
 */
export function refusals({ logger, now = () => performance.now() }: RefusalsOptions) {
  const said = new Map<string, { readonly at: number; unsaid: number }>();
  /**
   * @param why in words that go behind "refused a client:"
   * @param subject of the certificate that it showed, if any
   */
  return (remoteAddress: string | undefined, why: string, subject?: string): void => {
    const key = `${remoteAddress} ${why}`;
    const before = said.get(key);
    if (before !== undefined && now() - before.at < SILENCE) {
      before.unsaid += 1;
      return;
    }
    // What was said last stands last, so that the first is the one to forget.
    said.delete(key);
    said.set(key, { at: now(), unsaid: 0 });
    for (const oldest of [...said.keys()].slice(0, said.size - MOST)) said.delete(oldest);
    const again = before?.unsaid;
    logger.warn(
      { remoteAddress, ...(subject !== undefined && { subject }), ...(again && { again }) },
      `refused a client: ${why}`,
    );
  };
}

const SILENCE = 10 * 60 * 1000;

/** How many are kept in mind, wherever clients come from. */
const MOST = 1000;
