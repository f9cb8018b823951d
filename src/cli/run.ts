import { type IO } from "./io.js";
import { runProgram } from "./run-program.js";
import { trimtab } from "./trimtab.js";
import { version } from "./version.js";

/**
 * Runs `trimtab` with its arguments, and returns its exit code: 0, 1 where something failed, 80 where the command
 * line is wrong, 255 where it took too long. What failed stands on stderr; it never throws.
 */
export function run(argv: readonly string[], io: IO): Promise<number> {
  return runProgram({ name: "trimtab", version, command: trimtab(io) }, argv, io);
}
