import { closeSync, constants, ftruncateSync, openSync, writeSync } from "node:fs";
import { NAMESPACE } from "./cluster.js";

export interface Host {
  readonly name: string;
  readonly address: string;
}

/**
 * Writes what a resolver is to know of functions, as /etc/hosts has it. The file stays the same one, since where it is
 * mounted is bound to that; who reads it meanwhile finds lines of before or after.
 */
export function writeHosts(file: string, hosts: readonly Host[]): void {
  const lines = ["127.0.0.1 localhost", ...hosts.map(({ name, address }) => `${address} ${name}.${NAMESPACE}`)];
  const content = Buffer.from(`${lines.join("\n")}\n`);
  const opened = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o644);
  try {
    writeSync(opened, content, 0, content.length, 0);
    ftruncateSync(opened, content.length);
  } finally {
    closeSync(opened);
  }
}
