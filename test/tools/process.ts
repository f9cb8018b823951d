import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface ProcessOptions {
  /** The file that what it prints goes to. */
  readonly log: string;
  /** Default: the folder of this process. */
  readonly cwd?: string;
  /** Whether what is in the log stays. Default: false. */
  readonly append?: boolean;
  /** Beside those of this process. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningProcess {
  readonly pid: number | undefined;
  /**
   * Waits until `condition` holds. Throws, with the end of the log, if the process ends before that or takes longer
   * than `seconds` (default: 30).
   */
  until(what: string, condition: () => Promise<boolean> | boolean, seconds?: number): Promise<void>;
  /** Sends a signal to its process group. */
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL to what is left of its process group once it is gone or after `seconds` (default: 10). */
  stop(seconds?: number): Promise<void>;
}

export interface ComponentOptions {
  /** Names it in errors, and its log: `<name>.log`. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Where its log lies. */
  readonly folder: string;
  isReady(): Promise<boolean> | boolean;
  /** How long it may take to be ready. Default: 30. */
  readonly seconds?: number;
  /** Beside those of this process. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A program of a control plane, which can break down, and start again. */
export interface Component {
  readonly name: string;
  readonly pid: number | undefined;
  /** Starts it, and waits until it is ready. Its log goes on. */
  start(): Promise<void>;
  /** SIGTERM, then SIGKILL. Nothing where it does not run. */
  stop(): Promise<void>;
  /** SIGKILL, as in a crash. */
  kill(): Promise<void>;
  /** Neither answers nor goes away, until it is resumed. */
  pause(): void;
  resume(): void;
}

/** A program that can be started and stopped again and again. */
export function component(options: ComponentOptions): Component {
  const { name, program, args, folder, seconds, env } = options;
  let running: RunningProcess | undefined;
  return {
    name,
    get pid() {
      return running?.pid;
    },
    async start() {
      running = startProcess(program, args, { log: join(folder, `${name}.log`), append: true, ...(env && { env }) });
      await running.until(name, () => options.isReady(), seconds);
    },
    async stop() {
      await running?.stop();
      running = undefined;
    },
    async kill() {
      running?.signal("SIGKILL");
      await running?.stop();
      running = undefined;
    },
    pause: () => running?.signal("SIGSTOP"),
    resume: () => running?.signal("SIGCONT"),
  };
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
    pid: child.pid,
    signal: (name) => signal(child, name),
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
        // What is paused hears of it once it goes on.
        signal(child, "SIGCONT");
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
function spawnTied(program: string, args: readonly string[], options: ProcessOptions): ChildProcess {
  const { log, cwd, append = false, env } = options;
  const output = openSync(log, append ? "a" : "w");
  try {
    return spawn("setpriv", ["--pdeathsig", "KILL", program, ...args], {
      detached: true,
      stdio: ["ignore", output, output],
      ...(cwd !== undefined && { cwd }),
      ...(env !== undefined && { env: { ...process.env, ...env } }),
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
