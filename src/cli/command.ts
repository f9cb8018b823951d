import { type ArgsDef, type CommandDef, defineCommand } from "citty";

/** An exit code; nothing means 0. */
export type ExitCode = number | undefined;

/** Arguments that each command takes. */
export const COMMON = {
  debug: { type: "boolean", alias: "d", description: "Log more, and show the stack of an error." },
} as const satisfies ArgsDef;

/**
 * Defines a command.
 *
 * An argument of type positional that may be given several times has a name that ends in `…`: help shows it so, and
 * `args._` has them all. Unknown flags, flags without their value and arguments that are too many never reach `run`.
 */
export function command<const A extends ArgsDef>(definition: {
  readonly name: string;
  readonly description: string;
  readonly args: A;
  /** @param raw the words that it was given, for flags that may be given several times; see {@link occurrences} */
  run(args: Args<A & typeof COMMON>, raw: readonly string[]): Promise<ExitCode> | ExitCode;
}): CommandDef {
  const { name, description, args, run } = definition;
  const all = { ...args, ...COMMON };
  const made = defineCommand({
    meta: { name, description },
    args: all,
    run: (context) => run(context.args, context.rawArgs),
  });
  return made as unknown as CommandDef;
}

/** What a command is given: by the name of each argument, and in `_` those without a flag. */
export type Args<A extends ArgsDef> = Parameters<NonNullable<CommandDef<A>["run"]>>[0]["args"];
