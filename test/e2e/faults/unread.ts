import { readFileSync } from "node:fs";

/**
 * How many bytes lie unread in connections to a port of a process's network namespace: those of calls, where the process
 * is paused.
 */
export function unreadBytes(pid: number, port: number): number {
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const lines = ["tcp", "tcp6"].flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, "utf8").split("\n"));
  return Math.max(0, ...lines.map((line) => unreadOf(line, local)));
}

/** A line is `sl local_address rem_address st tx_queue:rx_queue …`, in hexadecimal. */
function unreadOf(line: string, local: string): number {
  const [, address, , state, queues = ""] = line.trim().split(/\s+/);
  if (state !== ESTABLISHED || !address?.endsWith(local)) return 0;
  return Number.parseInt(queues.split(":")[1] ?? "0", 16);
}

const ESTABLISHED = "01";
