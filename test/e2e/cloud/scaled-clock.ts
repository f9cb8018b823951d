/** Real time, from 0, that passes several times as fast. */
export interface ScaledClock {
  /** Milliseconds since it was made. */
  now(): number;
  /** Does something after so many milliseconds of its own. Returns what calls it off. */
  after(ms: number, run: () => void | Promise<void>): () => void;
  /** Does nothing of what is still to be done. */
  stop(): void;
}

export function scaledClock(speed: number): ScaledClock {
  const began = performance.now();
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => (performance.now() - began) * speed,
    after(ms, run) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        void run();
      }, ms / speed);
      timers.add(timer);
      return () => {
        clearTimeout(timer);
        timers.delete(timer);
      };
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
