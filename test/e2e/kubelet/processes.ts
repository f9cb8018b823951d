import { readFileSync } from "node:fs";

/** The processes that the main thread of a process has started and that live. Empty once it is gone. */
export function childrenOf(pid: number): readonly number[] {
  return read(pid, `task/${pid}/children`).split(" ").filter(Boolean).map(Number);
}

/** The same with what those have started, and so on. */
export function descendantsOf(pid: number): readonly number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

export interface Usage {
  /** In user and kernel mode, since the process started. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  readonly peakRssBytes: number;
}

/** What a process has used; zeros once it is gone. */
export function usageOf(pid: number): Usage {
  const status = read(pid, "status");
  const kilobytes = (field: string) => Number(new RegExp(`^${field}:\\s*(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
  // The name of the program, in parentheses, may hold anything; user and system time are the 14th and 15th field.
  const fields = read(pid, "stat")
    .replace(/^.*\) /s, "")
    .split(" ");
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  return {
    cpuSeconds: ticks / TICKS_A_SECOND,
    rssBytes: kilobytes("VmRSS") * 1024,
    peakRssBytes: kilobytes("VmHWM") * 1024,
  };
}

/** USER_HZ: the same on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
