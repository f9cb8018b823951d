import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { onTestFinished } from "vitest";

export interface FunctionProcess {
  readonly child: ChildProcess;
  /** Resolves to the exit code. */
  readonly ended: Promise<unknown>;
  /** All that it wrote to stderr. */
  text(): string;
  lines(pattern: RegExp): readonly string[];
  /** Waits until there are so many lines that match, and returns them. */
  line(pattern: RegExp, many?: number): Promise<readonly string[]>;
}

export interface StartedFunction extends FunctionProcess {
  /** Host and port, of gRPC. */
  readonly address: string;
  /** Host and port, of probes. Default: none. */
  readonly health?: string;
  /** Host and port, of metrics. Default: none. */
  readonly metrics?: string;
}

/** Runs the program of a function in a process of its own, until the test is over at the latest. */
export function runFunction(
  program: string,
  args: readonly string[],
  { env = {}, node = [] }: { readonly env?: NodeJS.ProcessEnv; readonly node?: readonly string[] } = {},
): FunctionProcess {
  const child = spawn(process.execPath, [...node, program, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let written = "";
  const changes = new EventEmitter();
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    written += text;
    changes.emit("written");
  });
  const lines = (pattern: RegExp) => written.split("\n").filter((line) => pattern.test(line));
  return {
    child,
    ended: once(child, "close").then(([code]) => code),
    text: () => written,
    lines,
    async line(pattern, many = 1) {
      while (lines(pattern).length < many) await once(changes, "written");
      return lines(pattern);
    },
  };
}

/** The same, and waits until it listens. */
export async function startFunction(...given: Parameters<typeof runFunction>): Promise<StartedFunction> {
  const started = runFunction(...given);
  const ended = started.ended.then((code) => Promise.reject(new Error(`it ended with ${code}: ${started.text()}`)));
  const [serving = ""] = await Promise.race([started.line(/"msg":"serving"/), ended]);
  ended.catch(() => {});
  const { address, health, metrics } = JSON.parse(serving) as StartedFunction;
  return { ...started, address, ...(health && { health }), ...(metrics && { metrics }) };
}
