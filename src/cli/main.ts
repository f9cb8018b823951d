#!/usr/bin/env node
import { run } from "./run.js";

const { stdout, stderr, env } = process;

// Whoever reads may have read enough.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") stderr.write(`trimtab: cannot write: ${error.message}\n`);
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

// A bug in a project is shown where its TypeScript has it.
process.setSourceMapsEnabled(true);

process.exitCode = await run(process.argv.slice(2), { stdout, stderr, env, cwd: process.cwd(), signals: process });

// A pipe whose reader is slow may still wait for what was written.
await Promise.all([stdout, stderr].map((stream) => new Promise<void>((done) => stream.write("", () => done()))));

// Whatever still runs then, such as a function that never answered, does not keep the process.
setTimeout(() => process.exit(), 1000).unref();
