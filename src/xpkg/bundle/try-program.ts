import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saidBy } from "../said-by.js";

/**
 * Sees whether a program starts, before it is published: it is asked for its version.
 *
 * @param node the path of Node
 * @throws Error with what it said instead
 */
export async function tryProgram(text: string, version: string, node: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "trimtab-try-"));
  try {
    const file = join(folder, "main.cjs");
    await writeFile(file, text);
    const { stdout, stderr } = await ran(node, [file, "--version"]);
    if (stdout.trim() === version) return;
    const said = saidBy(stderr) ?? stderr.trim().split("\n")[0];
    throw new Error(`its program does not start: ${said || "it does not say why"}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ran(command: string, args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    execFile(command, [...args], { timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ stdout, stderr: stderr || (error?.message ?? "") }),
    );
  });
}
