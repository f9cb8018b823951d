/** How much a server holds at a time, so that its memory is bounded whatever it is sent. */
export interface Limits {
  /** Connections. Of those that are too many the oldest goes over which nothing was ever called, else the newest. Default: 1000. */
  readonly connections: number;
  /**
   * Calls that arrive, wait, run or whose answer is on its way. The client of one connection holds back what is more, as
   * HTTP/2 has it; what is more from several is refused with RESOURCE_EXHAUSTED. Default: 1000.
   */
  readonly calls: number;
  /** Calls whose runner has been asked, and has not answered. Others wait. Default: 100, which is how many Crossplane makes. */
  readonly running: number;
  /**
   * Bytes of requests and answers. Once there are so many, the oldest request alone goes on to arrive; the rest of others
   * stays with who sends it, but for the 64 KiB of HTTP/2's window. Default: twice the size of the largest request.
   */
  readonly bytes: number;
  /** Milliseconds in which a request has to arrive, and its answer to be taken. Default: 30 s. */
  readonly transferMs: number;
}

/** @param maxReceiveBytes the size of the largest request */
export function limitsOf(given: Partial<Limits>, maxReceiveBytes: number): Limits {
  return { connections: 1000, calls: 1000, running: 100, bytes: 2 * maxReceiveBytes, transferMs: 30_000, ...given };
}
