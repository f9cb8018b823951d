import { occurrences } from "../check-arguments.js";
import { type Args, type COMMON } from "../command.js";
import { duration } from "../duration.js";
import { UsageError } from "../usage-error.js";
import { type FLAGS, WITHOUT_EFFECT } from "./flags.js";
import { splitEscaped } from "./split-escaped.js";

/** What a command line asks for. Paths are as they were written. */
export interface RenderRequest {
  /** XR, COMPOSITION and FUNCTIONS, or whatever stands there. */
  readonly positionals: readonly string[];
  readonly xrd: string | undefined;
  readonly observed: string | undefined;
  readonly required: readonly string[];
  readonly extra: readonly string[];
  readonly schemas: string | undefined;
  readonly credentials: string | undefined;
  readonly contextFiles: ReadonlyMap<string, string>;
  readonly contextValues: ReadonlyMap<string, string>;
  /** Each `key=value`, unless somebody wrote something else. */
  readonly annotations: readonly string[];
  /** Function to address. */
  readonly targets: ReadonlyMap<string, string>;
  readonly crds: readonly string[];
  readonly diff: string | undefined;
  readonly timeoutMs: number;
  readonly full: boolean;
  readonly results: boolean;
  readonly context: boolean;
  readonly redact: boolean;
  readonly watch: boolean;
  readonly quiet: boolean;
  /** Whether to show the stack of an error. */
  readonly debug: boolean;
  readonly output: "yaml" | "json" | "junit";
}

/** @throws UsageError where a flag has a value that it cannot have */
export function readRequest(
  args: Args<typeof FLAGS & typeof COMMON>,
  raw: readonly string[],
  all: typeof FLAGS,
): RenderRequest {
  const every = (name: string) => occurrences(raw, { ...all, ...WITHOUT_EFFECT }, name);
  const paths = (name: string) => every(name).flatMap((value) => splitEscaped(value, ","));
  const output = args.output as RenderRequest["output"];
  return {
    positionals: args._,
    xrd: args.xrd,
    observed: args["observed-resources"],
    required: paths("required-resources"),
    extra: paths("extra-resources"),
    schemas: args["required-schemas"],
    credentials: args["function-credentials"],
    contextFiles: pairs(every("context-files"), "--context-files"),
    contextValues: pairs(every("context-values"), "--context-values"),
    annotations: paths("function-annotations"),
    targets: pairs(every("function"), "--function"),
    crds: paths("crds"),
    diff: args.diff,
    timeoutMs: duration(args.timeout, "--timeout"),
    full: args["include-full-xr"] === true,
    results: args["include-function-results"] === true,
    context: args["include-context"] === true,
    redact: args.redact === true,
    watch: args.watch === true,
    quiet: args.quiet === true,
    debug: args.debug === true,
    output,
  };
}

/** The values of a flag, each `key=value` and several of them parted by `;`. @throws UsageError */
export function pairs(values: readonly string[], flag: string): ReadonlyMap<string, string> {
  const entries = values
    .flatMap((value) => splitEscaped(value, ";"))
    .map((pair): readonly [string, string] => {
      const equals = pair.indexOf("=");
      if (equals < 0) throw new UsageError(`${flag} must be key=value, not ${JSON.stringify(pair)}`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    });
  return new Map(entries);
}
