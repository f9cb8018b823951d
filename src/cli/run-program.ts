import { stripVTControlCharacters } from "node:util";
import { type ArgsDef, type CommandDef, renderUsage, runCommand } from "citty";
import { checkArguments, plainSwitches } from "./check-arguments.js";
import { type IO } from "./io.js";
import { report } from "./report.js";
import { UsageError } from "./usage-error.js";

/** A program of the command line. */
export interface Program {
  /** As it is called, and stands in help and before what it says on stderr. */
  readonly name: string;
  version(): string;
  /** What it does by itself, or the commands below it. */
  readonly command: CommandDef;
}

/**
 * Runs a program with its arguments, and returns its exit code: 0, 1 where something failed, 80 where the command
 * line is wrong, 255 where it took too long. What failed stands on stderr; it never throws.
 */
export async function runProgram(program: Program, argv: readonly string[], io: IO): Promise<number> {
  const debug = argv.includes("--debug") || argv.includes("-d");
  try {
    return await dispatch(program, argv, io);
  } catch (error) {
    return report(error, io, { debug, program: program.name });
  }
}

async function dispatch(program: Program, argv: readonly string[], io: IO): Promise<number> {
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-v")) {
    io.stdout.write(`${program.version()}\n`);
    return 0;
  }
  const found = await find({ command: program.command, path: [program.name], rest: argv });
  if (found.rest.some((word) => word === "--help" || word === "-h")) {
    io.stdout.write(await help(found, io));
    return 0;
  }
  try {
    return await execute(found);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const name = found.path.join(" ");
    throw new UsageError(`cannot run ${name}: ${error.message}; ${name} --help says how`, { cause: error });
  }
}

/** A command, the words that lead to it and those that are left. */
interface Found {
  readonly command: CommandDef;
  readonly path: readonly string[];
  readonly rest: readonly string[];
}

async function find({ command, path, rest }: Found): Promise<Found> {
  const below = await resolve(command.subCommands);
  const [word, ...others] = rest;
  if (below === undefined || word === undefined || !Object.hasOwn(below, word)) return { command, path, rest };
  return find({ command: (await resolve(below[word])) ?? command, path: [...path, word], rest: others });
}

async function execute({ command, rest }: Found): Promise<number> {
  const below = await resolve(command.subCommands);
  if (below !== undefined) {
    const names = Object.keys(below).join(", ");
    const problem = rest[0] === undefined ? "no command is given" : `there is no command ${JSON.stringify(rest[0])}`;
    throw new UsageError(`${problem}; the commands are ${names}`);
  }
  const args = (await resolve<ArgsDef>(command.args)) ?? {};
  const words = plainSwitches(rest, args);
  checkArguments(words, args);
  const { result } = await runCommand(command, { rawArgs: [...words] });
  return typeof result === "number" ? result : 0;
}

async function help({ command, path }: Found, io: IO): Promise<string> {
  const parents = path.slice(0, -1).join(" ");
  const text = await renderUsage(command, parents === "" ? undefined : { meta: { name: parents } });
  return `${io.stdout.isTTY === true ? text : stripVTControlCharacters(text)}\n`;
}

/** citty's commands may be values, promises, or functions that return either. */
async function resolve<T>(value: T | Promise<T> | (() => T) | (() => Promise<T>) | undefined): Promise<T | undefined> {
  return typeof value === "function" ? (value as () => T | Promise<T>)() : value;
}
