import { type AnyFn } from "../../function/index.js";
import { start } from "../start.js";
import { functionProgram } from "./function-program.js";

/**
 * Runs this process as the program of a function's package.
 *
 * @param exported what the function's module exports, of which one is the function of this name
 * @param version what `--version` says
 */
export async function startExported(
  exported: Readonly<Record<string, unknown>>,
  name: string,
  version: string,
): Promise<void> {
  const fn = Object.values(exported).find((value) => isFunction(value) && value.name === name);
  await start(name, async (argv, io) => {
    if (fn !== undefined) return functionProgram(fn as AnyFn, version)(argv, io);
    const others = Object.values(exported).filter(isFunction);
    const there = others.length === 0 ? "none" : others.map((each) => each.name).join(", ");
    io.stderr.write(`${name}: cannot start: no function of its module has that name; there is ${there}\n`);
    return 1;
  });
}

function isFunction(value: unknown): value is { readonly name: string } {
  return typeof value === "object" && value !== null && "compose" in value && "composes" in value && "name" in value;
}
