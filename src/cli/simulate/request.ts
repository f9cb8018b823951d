import { parseArgs } from "node:util";
import { type Until } from "../../simulate/input.js";
import { occurrences } from "../check-arguments.js";
import { type Args, type COMMON } from "../command.js";
import { duration } from "../duration.js";
import { pairs } from "../render/request.js";
import { splitEscaped } from "../render/split-escaped.js";
import { UsageError } from "../usage-error.js";
import { FLAGS } from "./flags.js";

/** What a command line asks for. Paths are as they were written. */
export interface SimulateRequest {
  /** XR, COMPOSITION and FUNCTIONS, or whatever stands there. */
  readonly positionals: readonly string[];
  /** What comes after the first stage, in order. */
  readonly later: readonly Later[];
  /** What the last stage waits for. */
  readonly until: Until;
  /** In milliseconds, for each stage. */
  readonly limit: number;
  readonly faults: string | undefined;
  readonly observed: string | undefined;
  readonly required: readonly string[];
  readonly schemas: string | undefined;
  readonly xrd: string | undefined;
  readonly crds: readonly string[];
  readonly credentials: string | undefined;
  /** Function to address. */
  readonly targets: ReadonlyMap<string, string>;
  readonly timeoutMs: number;
  readonly watch: boolean;
  readonly output: "text" | "json" | "yaml" | "junit" | "html";
  readonly quiet: boolean;
  /** Whether to show the stack of an error. */
  readonly debug: boolean;
}

/** A stage after the first. */
export type Later =
  | { readonly does: "apply" | "upgrade"; readonly path: string }
  | { readonly does: "delete"; readonly propagation: "Background" | "Foreground" };

/** @throws UsageError where a flag has a value that it cannot have */
export function readRequest(args: Args<typeof FLAGS & typeof COMMON>, raw: readonly string[]): SimulateRequest {
  const every = (name: string) => occurrences(raw, FLAGS, name);
  const paths = (name: string) => every(name).flatMap((value) => splitEscaped(value, ","));
  const later = laterStages(raw);
  return {
    positionals: args._,
    later,
    until: untilLast(args.until, later, args["observed-resources"] !== undefined),
    limit: positive(args.limit, "--limit"),
    faults: args.faults,
    observed: args["observed-resources"],
    required: paths("required-resources"),
    schemas: args["required-schemas"],
    xrd: args.xrd,
    crds: paths("crds"),
    credentials: args["function-credentials"],
    targets: pairs(every("function"), "--function"),
    timeoutMs: duration(args.timeout, "--timeout"),
    watch: args.watch === true,
    output: args.output as SimulateRequest["output"],
    quiet: args.quiet === true,
    debug: args.debug === true,
  };
}

/** What --then and --upgrade say, in the order in which they stand. */
function laterStages(raw: readonly string[]): readonly Later[] {
  const options = Object.fromEntries(
    Object.entries(FLAGS).map(([name, flag]) => [
      name,
      { type: flag.type === "boolean" ? ("boolean" as const) : ("string" as const), ...shortOf(flag) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...raw], options, allowPositionals: true, strict: false, tokens: true });
  return tokens.flatMap((token) => {
    if (token.kind !== "option" || token.value === undefined) return [];
    if (token.name === "upgrade") return [{ does: "upgrade" as const, path: token.value }];
    return token.name === "then" ? [then(token.value)] : [];
  });
}

function shortOf(flag: object): { readonly short?: string } {
  return "alias" in flag && typeof flag.alias === "string" ? { short: flag.alias } : {};
}

function then(value: string): Later {
  const [verb, propagation = "background", ...more] = value.split(":");
  if (verb !== "delete") return { does: "apply", path: value };
  if (more.length === 0 && propagation === "background") return { does: "delete", propagation: "Background" };
  if (more.length === 0 && propagation === "foreground") return { does: "delete", propagation: "Foreground" };
  throw new UsageError(`--then must be a path, delete or delete:foreground, not ${JSON.stringify(value)}`);
}

/** What nothing could ever come to is refused: the stage would pass at once, or never. */
function untilLast(text: string, later: readonly Later[], isBegun: boolean): Until {
  const until = untilOf(text);
  const isDeleted = later.at(-1)?.does === "delete";
  if (until === "gone" && !isDeleted) {
    throw new UsageError(
      "--until gone waits for what the last stage deletes, and it deletes nothing; add --then delete",
    );
  }
  if (until === "ready" && isDeleted && !isBegun) {
    throw new UsageError("--until ready waits for XRs, and the last stage deletes them; say --until gone");
  }
  return until;
}

function untilOf(text: string): Until {
  if (text === "settled" || text === "ready" || text === "gone") return text;
  if (!/^[\d.]/.test(text)) {
    throw new UsageError(
      `--until must be settled, ready, gone or a duration such as 30s or 1m30s, not ${JSON.stringify(text)}`,
    );
  }
  return { ms: positive(text, "--until") };
}

function positive(text: string, flag: string): number {
  const ms = duration(text, flag);
  if (ms > 0) return ms;
  throw new UsageError(`${flag} must be more than 0, not ${JSON.stringify(text)}`);
}
