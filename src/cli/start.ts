import { type IO } from "./io.js";

/**
 * Runs a program as this process: with its arguments, its streams, its environment and its signals. The process ends with
 * the exit code once all that was written has been taken.
 *
 * @param name stands before what is said on stderr
 */
export async function start(name: string, run: (argv: readonly string[], io: IO) => Promise<number>): Promise<void> {
  const { stdout, stderr, env } = process;

  // Whoever reads may have read enough.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") stderr.write(`${name}: cannot write: ${error.message}\n`);
    process.exit(error.code === "EPIPE" ? 0 : 1);
  });

  // A bug in a project is shown where its TypeScript has it.
  process.setSourceMapsEnabled(true);

  const io: IO = { stdout, stderr, env, cwd: process.cwd(), signals: process, rejections: process };
  process.exitCode = await run(process.argv.slice(2), io);

  // A pipe whose reader is slow may still wait for what was written.
  await Promise.all([stdout, stderr].map((stream) => new Promise<void>((done) => stream.write("", () => done()))));

  // Whatever still runs then, such as a function that never answered, does not keep the process.
  setTimeout(() => process.exit(), 1000).unref();
}
