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
  const tokens = tokensOf(raw, flags);
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

/**
 * The same words with flags that are on or off in one form: `--flag` for those that are on, as the last of several says
 * (`-x --include-full-xr=false` is off). What is neither true nor false stays, to be refused.
 */
export function plainSwitches(raw: readonly string[], args: ArgsDef): readonly string[] {
  const flags = flagsOf(args);
  const states = new Map<string, boolean>();
  const rest: string[] = [];
  for (const token of tokensOf(raw, flags)) {
    const state = token.kind === "option" ? switchedTo(token, flags.get(token.name)) : undefined;
    if (token.kind === "option" && state !== undefined) states.set(token.name, state);
    else rest.push(...wordsOf(token));
  }
  const on = [...states].filter(([, state]) => state).map(([name]) => `--${name}`);
  return [...on, ...rest];
}

type AnyToken = NonNullable<ReturnType<typeof tokensOf>>[number];

function wordsOf(token: AnyToken): readonly string[] {
  if (token.kind === "positional") return [token.value];
  if (token.kind === "option-terminator") return ["--"];
  const { rawName, value, inlineValue } = token;
  if (value === undefined) return [rawName];
  if (inlineValue !== true) return [rawName, value];
  return [rawName.startsWith("--") ? `${rawName}=${value}` : `${rawName}${value}`];
}

function switchedTo({ value }: Pick<Token, "value">, flag: Flag | undefined): boolean | undefined {
  if (flag?.type !== "boolean") return undefined;
  if (value === undefined || ["true", "1", "yes"].includes(value)) return true;
  return ["false", "0", "no"].includes(value) ? false : undefined;
}

/** Every value that a flag was given, in order. citty itself has the last alone. */
export function occurrences(raw: readonly string[], args: ArgsDef, name: string): readonly string[] {
  return tokensOf(raw, flagsOf(args)).flatMap((token) =>
    token.kind === "option" && token.name === name ? (token.value ?? []) : [],
  );
}

type Flag = BooleanArgDef | EnumArgDef | StringArgDef;

function tokensOf(raw: readonly string[], flags: ReadonlyMap<string, Flag>) {
  const options = Object.fromEntries([...flags].map(([name, flag]) => [name, option(flag)]));
  return parseArgs({ args: [...raw], options, allowPositionals: true, strict: false, tokens: true }).tokens;
}

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
  if (flag.type === "enum" && !flag.options?.includes(value)) {
    throw new UsageError(`the flag ${rawName} takes ${flag.options?.join(", ")}, not ${JSON.stringify(value)}`);
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
