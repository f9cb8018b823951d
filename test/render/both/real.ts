import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { tools } from "../../tools/index.js";

/** What a program printed, and how it exited. */
export interface Rendered {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/**
 * The real CLI with the real core, in a folder. Two at a time, however many are asked for. Throws if it is ended by a
 * signal.
 */
export async function renderForReal(args: readonly string[], cwd: string): Promise<Rendered> {
  const { crossplane, "crossplane-core": core } = await tools(["crossplane", "crossplane-core"]);
  return inTurn(async () => {
    const command = ["composition", "render", `--crossplane-binary=${core}`, ...args];
    // Neither a configuration nor a proxy of whoever runs this.
    const env = { PATH: process.env["PATH"], HOME: cwd };
    const child = spawn(crossplane, command, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const exited = new Promise<number>((resolve, reject) => {
      child.on("error", reject).on("close", (code, signal) => {
        if (code === null) return reject(new Error(`cannot render: crossplane was ended by ${signal}`));
        resolve(code);
      });
    });
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
    return { stdout, stderr, code };
  });
}

const AT_A_TIME = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_A_TIME) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}
