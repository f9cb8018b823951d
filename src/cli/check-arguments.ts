import { parseArgs } from "node:util";
import { type ArgsDef, type BooleanArgDef, type EnumArgDef, type StringArgDef } from "citty";
import { UsageError } from "./usage-error.js";

/**
 * Refuses what a command does not take: unknown flags, a flag without its value or with one too many, and arguments
 * beyond those it has. citty itself lets all of that pass.
 *
 * @throws UsageError
 */
export function checkArguments(raw: readonly string[], args: ArgsDef): void {
  const flags = flagsOf(args);
  const options = Object.fromEntries([...flags].map(([name, flag]) => [name, option(flag)]));
  const { tokens } = parseArgs({ args: [...raw], options, allowPositionals: true, strict: false, tokens: true });
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind === "option") checkFlag(token, flags.get(token.name));
  }
  checkPositionals(positionals, args);
  checkRequired(
    tokens.flatMap((token) => (token.kind === "option" ? token.name : [])),
    flags,
  );
}

type Flag = BooleanArgDef | EnumArgDef | StringArgDef;

function flagsOf(args: ArgsDef): ReadonlyMap<string, Flag> {
  return new Map(Object.entries(args).filter((entry): entry is [string, Flag] => entry[1].type !== "positional"));
}

function option({ type, alias }: Flag): { type: "boolean" | "string"; short?: string } {
  const short = [alias ?? []].flat().find((name) => name.length === 1);
  return { type: type === "boolean" ? "boolean" : "string", ...(short !== undefined && { short }) };
}

interface Token {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function checkFlag({ rawName, value, inlineValue }: Token, flag: Flag | undefined): void {
  if (flag === undefined) throw new UsageError(`there is no flag ${rawName}`);
  if (flag.type === "boolean") {
    if (value !== undefined) throw new UsageError(`the flag ${rawName} takes no value, not ${JSON.stringify(value)}`);
    return;
  }
  // A value that begins with a dash is more often the next flag; --name=-value says it for certain.
  if (value === undefined || (value.startsWith("-") && inlineValue !== true)) {
    throw new UsageError(`the flag ${rawName} needs a value`);
  }
}

function checkPositionals(given: readonly string[], args: ArgsDef): void {
  const defined = Object.entries(args).filter(([, { type }]) => type === "positional");
  const missing = defined.slice(given.length).find(([, { required }]) => required !== false);
  if (missing !== undefined) throw new UsageError(`the argument ${missing[0].toUpperCase()} is missing`);
  const surplus = defined.at(-1)?.[0].endsWith("…") ? undefined : given[defined.length];
  if (surplus !== undefined) throw new UsageError(`the argument ${JSON.stringify(surplus)} is one too many`);
}

function checkRequired(given: readonly string[], flags: ReadonlyMap<string, Flag>): void {
  const missing = [...flags].find(([name, { required }]) => required === true && !given.includes(name));
  if (missing !== undefined) throw new UsageError(`the flag --${missing[0]} is missing`);
}
