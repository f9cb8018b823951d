import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { tools } from "../tools/index.js";

export interface Request {
  readonly op: "write" | "read" | "stream";
  /** What to write. */
  readonly json?: string;
  /** What to read. */
  readonly yaml?: string;
}

/** One of these, by what was asked; or why it cannot be done. */
export interface Answer {
  readonly yaml?: string;
  readonly value?: unknown;
  readonly values?: readonly unknown[];
  readonly error?: string;
}

export interface Oracle {
  ask(request: Request): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts the program that says what Kubernetes' own libraries make of YAML. */
export async function startOracle(): Promise<Oracle> {
  const { "yaml-oracle": program } = await tools(["yaml-oracle"]);
  const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting: ((answer: Answer) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(JSON.parse(line) as Answer));
  return {
    ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return new Promise((resolve) => waiting.push(resolve));
    },
    async stop() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}
