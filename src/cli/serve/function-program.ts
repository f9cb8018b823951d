import { type AnyFn } from "../../function/index.js";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { runProgram } from "../run-program.js";
import { PACKAGE_FLAGS } from "./flags.js";
import { serveFunction } from "./serve-function.js";
import { serveOptions } from "./serve-options.js";

/**
 * The program of a function's package: it serves that function, with the flags of `trimtab serve`. It is for `start`, and
 * returns an exit code as `run` does.
 *
 * @param version what `--version` says
 */
export function functionProgram(fn: AnyFn, version: string): (argv: readonly string[], io: IO) => Promise<number> {
  return (argv, io) => {
    const serve = command({
      name: fn.name,
      description: `Serve the function ${fn.name} over gRPC, as Crossplane calls it.`,
      args: PACKAGE_FLAGS,
      run: (args) => serveFunction(fn, serveOptions(args, io, METRICS), io),
    });
    return runProgram({ name: fn.name, version: () => version, command: serve }, argv, io);
  };
}

/** Where Crossplane says that functions are measured. */
const METRICS = ":8080";
