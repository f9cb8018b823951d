/** The signals that ask a process to end. */
export type ShutdownSignal = "SIGTERM" | "SIGINT";

/** Where signals come from: the process, or a stand-in. */
export interface SignalSource {
  on(signal: ShutdownSignal, listener: () => void): unknown;
  off(signal: ShutdownSignal, listener: () => void): unknown;
}

export interface ShutdownOptions {
  /**
   * Ends what runs: lets what is under way finish, for so many milliseconds at most, then breaks it off. Called again,
   * with 0, where somebody asks a second time; the first call's promise settles then too.
   */
  close(deadlineMs: number): Promise<unknown>;
  /** Default: 25 s, which fits the 30 s that Kubernetes gives a Pod. */
  readonly deadlineMs?: number;
  /** Told of each signal. Default: nobody. */
  readonly onSignal?: (signal: ShutdownSignal) => void;
}

/** Waits for SIGTERM or SIGINT, and closes: with a deadline upon the first, at once upon the second. Resolves then. */
export function shutdown(signals: SignalSource, options: ShutdownOptions): Promise<void> {
  const { close, deadlineMs = 25_000, onSignal } = options;
  return new Promise((resolve, reject) => {
    let asked = false;
    const listeners = SIGNALS.map((signal) => [signal, () => ask(signal)] as const);
    const ask = (signal: ShutdownSignal) => {
      onSignal?.(signal);
      const closed = close(asked ? 0 : deadlineMs);
      asked = true;
      closed.finally(forget).then(() => resolve(), reject);
    };
    const forget = () => {
      for (const [name, listener] of listeners) signals.off(name, listener);
    };
    for (const [name, listener] of listeners) signals.on(name, listener);
  });
}

const SIGNALS: readonly ShutdownSignal[] = ["SIGTERM", "SIGINT"];
