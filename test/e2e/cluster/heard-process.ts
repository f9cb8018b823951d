import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { repository } from "../../support/repository.js";
import { eventually } from "../control-plane/condition.js";

/** A process that somebody has started and listens to, with a process group of its own, as a shell gives it. */
export interface HeardProcess {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Waits until stdout matches. Returns it. @throws Error with what it said instead, also where it ends before that */
  printed(patterns: readonly RegExp[], seconds?: number): Promise<string>;
  /** To its group. */
  signal(name: NodeJS.Signals): void;
}

/** Starts a program in this repository. */
export function heardProcess(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): HeardProcess {
  const child = spawn(program, args, {
    cwd: repository,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let [stdout, stderr, isOver] = ["", "", false];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = once(child, "close").then(([code]) => {
    isOver = true;
    return code as number | null;
  });
  const what = [program, ...args].join(" ");
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    printed: (patterns, seconds = 60) =>
      eventually(
        `${what} to print ${patterns.join(" and ")}`,
        () => {
          const missing = patterns.filter((pattern) => !pattern.test(stdout));
          if (missing.length === 0) return stdout;
          if (isOver) throw new Error(`${what} has ended without ${missing.join(" and ")}:\n${stdout}${stderr}`);
          return undefined;
        },
        { seconds, instead: () => `${stdout}${stderr}` },
      ),
    signal: (name) => process.kill(-(child.pid ?? 0), name),
  };
}

/** What a process was started as; empty once it is gone. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
