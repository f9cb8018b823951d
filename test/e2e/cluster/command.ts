import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

/**
 * Runs a command of bash's in this terminal. It ends with this process, and with a signal; then all that it has started is
 * gone.
 *
 * @returns its exit code, or what a shell says of the signal
 */
export async function runCommand(
  command: string,
  env: Readonly<Record<string, string>>,
  signalled: Promise<NodeJS.Signals>,
): Promise<number> {
  const args = [...TIED, ...NAMESPACE, "bash", "-c", command];
  const child = spawn("setpriv", args, { stdio: "inherit", env: { ...process.env, ...env } });
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const end = await Promise.race([ended, signalled]);
  if (typeof end !== "string") return end[0] ?? signalCode(end[1]);
  child.kill("SIGKILL");
  await ended;
  return signalCode(end);
}

const TIED = ["--pdeathsig", "KILL"];

/** With its first process the kernel takes away all others. */
const NAMESPACE = ["unshare", "--pid", "--mount-proc", "--fork", "--kill-child", "--"];

const signalCode = (signal: NodeJS.Signals | null) => 128 + (signal ? constants.signals[signal] : 0);
