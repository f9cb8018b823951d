import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface ProcessOptions {
  /** The file that what it prints goes to. */
  readonly log: string;
  /** Default: the folder of this process. */
  readonly cwd?: string;
}

export interface RunningProcess {
  /**
   * Waits until `condition` holds. Throws, with the end of the log, if the process ends before that or takes longer
   * than `seconds` (default: 30).
   */
  until(what: string, condition: () => Promise<boolean> | boolean, seconds?: number): Promise<void>;
  /** SIGTERM, and SIGKILL to what is left of its process group once it is gone or after `seconds` (default: 10). */
  stop(seconds?: number): Promise<void>;
}

/** Starts a program that runs until it is stopped, and never outlives this process. */
export function startProcess(program: string, args: readonly string[], options: ProcessOptions): RunningProcess {
  const child = spawnTied(program, args, options);
  const name = basename(program);
  running.add(child);
  const gone = once(child, "exit").finally(() => running.delete(child));
  // Whoever awaits it hears of a failure to start; nobody has to.
  gone.catch(() => undefined);

  return {
    async until(what, condition, seconds = 30) {
      const deadline = Date.now() + seconds * 1000;
      while (!(await condition())) {
        const ended = endOf(child);
        if (ended !== undefined) throw new Error(`cannot wait for ${what}: ${name} ${ended}\n${tail(options.log)}`);
        if (Date.now() > deadline) {
          throw new Error(`cannot wait for ${what} any longer than ${seconds} s: ${name} says\n${tail(options.log)}`);
        }
        await pause(50);
      }
    },
    async stop(seconds = 10) {
      if (endOf(child) === undefined) {
        signal(child, "SIGTERM");
        await Promise.race([gone, pause(seconds * 1000, undefined, { ref: false })]);
      }
      signal(child, "SIGKILL");
      await gone.catch(() => undefined);
    },
  };
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) signal(child, "SIGKILL");
});

/**
 * A process group of its own, so that Ctrl-C leaves the order of stopping to us; the kernel ends it if we are killed.
 */
function spawnTied(program: string, args: readonly string[], { log, cwd }: ProcessOptions): ChildProcess {
  const output = openSync(log, "w");
  try {
    return spawn("setpriv", ["--pdeathsig", "KILL", program, ...args], {
      detached: true,
      stdio: ["ignore", output, output],
      ...(cwd !== undefined && { cwd }),
    });
  } finally {
    closeSync(output);
  }
}

function endOf({ pid, exitCode, signalCode }: ChildProcess): string | undefined {
  if (pid === undefined) return "was not started: is setpriv (util-linux) installed?";
  if (signalCode !== null) return `was ended by ${signalCode}`;
  return exitCode === null ? undefined : `exited with code ${exitCode}`;
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-20).join("\n");
}
