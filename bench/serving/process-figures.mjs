import { readFileSync } from "node:fs";

/** The milliseconds of CPU that a process has taken, with all its threads; to 10 ms. Linux alone says so. */
export function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // What comes first may hold anything: the name of the program, in parentheses.
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) * TICK;
}

/** Milliseconds, of which Linux has a hundredth of a second on every usual architecture. */
const TICK = 10;

/** The memory of a process in MiB: what it holds now, and the most that it has held. */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) / 1024;
  return { now: of("VmRSS"), most: of("VmHWM") };
}
