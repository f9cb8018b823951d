import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { descendantsOf } from "../kubelet/processes.js";

/**
 * Runs a command of bash's in this terminal, until it ends or a signal comes; then it is killed, with all that it has started.
 *
 * @returns its exit code, or what a shell says of the signal
 */
export async function runCommand(
  command: string,
  env: Readonly<Record<string, string>>,
  signalled: Promise<NodeJS.Signals>,
): Promise<number> {
  const args = ["--pdeathsig", "KILL", "bash", "-c", command];
  const child = spawn("setpriv", args, { stdio: "inherit", env: { ...process.env, ...env } });
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const end = await Promise.race([ended, signalled]);
  if (typeof end !== "string") return end[0] ?? codeOf(end[1]);
  for (const pid of [child.pid ?? 0, ...descendantsOf(child.pid ?? 0)]) kill(pid);
  await ended;
  return codeOf(end);
}

const codeOf = (signal: NodeJS.Signals | null) => 128 + (signal ? constants.signals[signal] : 0);

/** Signals come to a terminal's processes as well, so that it may be gone. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
