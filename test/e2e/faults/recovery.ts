/** How long something takes that has parts. */
export interface Recovery {
  /** Ends a part, which began where the one before it ended. */
  part(name: string): void;
  /** `recovered from WHAT in 3.2 s (listening again 1.1 s, all Ready 2.1 s)` */
  text(): string;
}

export function recovery(what: string): Recovery {
  const began = performance.now();
  let last = began;
  const parts: string[] = [];
  return {
    part(name) {
      const now = performance.now();
      parts.push(`${name} ${seconds(now - last)}`);
      last = now;
    },
    text: () => `recovered from ${what} in ${seconds(last - began)} (${parts.join(", ")})`,
  };
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
