import { readFileSync } from "node:fs";

const LISTEN = "0A";

/** Whether something of this network namespace listens on a TCP port. It looks, since a connection would be seen inside. */
export function isListening(port: number): boolean {
  const tables = ["tcp", "tcp6"].map((table) => readFileSync(`/proc/net/${table}`, "utf8"));
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return tables.some((table) => table.split("\n").some((line) => isListener(line, local)));
}

/** A line is `sl local_address rem_address st …`, each address `HEX:PORT`. */
function isListener(line: string, local: string): boolean {
  const [, address, , state] = line.trim().split(/\s+/);
  return state === LISTEN && address?.endsWith(local) === true;
}
