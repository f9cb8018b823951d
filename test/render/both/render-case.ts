import { type Script } from "../script/script.js";

/**
 * One call of render: the files that it reads, and the command line. A text may name the address of a scripted function
 * as `{{function-one}}`, in a file as well as on the command line.
 */
export interface RenderCase {
  /** What it is an example of. */
  readonly reason: string;
  /** xr.yaml. Default: {@link import("./defaults.js").XR}. */
  readonly xr?: Content;
  /** The steps of composition.yaml. Default: one that composes a ConfigMap. */
  readonly pipeline?: readonly Step[];
  /** composition.yaml as a whole, or what to say otherwise in its spec. Default: a Composition of the XR. */
  readonly composition?: Content;
  /** functions.yaml. Default: those that are served. */
  readonly functions?: Content;
  /** xrd.yaml, for `--xrd`. Default: no such flag. */
  readonly xrd?: Content;
  /** observed.yaml, for `-o`. Default: no such flag. */
  readonly observed?: Content;
  /** required.yaml, for `-e`. Default: no such flag. */
  readonly required?: Content;
  /** credentials.yaml, for `--function-credentials`. Default: no such flag. */
  readonly credentials?: Content;
  /** Further files, by path; undefined takes away one of those above. Default: none. */
  readonly files?: Readonly<Record<string, Content | undefined>>;
  /** Further flags, after the arguments and those above. Default: none. */
  readonly flags?: readonly string[];
  /** The whole command line. Default: the three arguments, and the flags. */
  readonly args?: readonly string[];
  /** How the program exits. Default: 0. */
  readonly code?: number;
  /** What stderr names where it fails, whatever the words around it. */
  readonly says?: RegExp;
  /** What ours does otherwise, on purpose; it is held to that instead of what the real one does. Default: nothing. */
  readonly differs?: { readonly because: string; readonly code: number };
  /** Whether what it prints is too large to be kept; a digest is. Default: false. */
  readonly large?: boolean;
}

/** Text as it is, one object, or several, a document each. Objects are written as JSON, which YAML includes. */
export type Content = string | Uint8Array | object;

/** A step of the pipeline; a script without more is one of function-one. */
export interface Step {
  /** Default: step-1, step-2 and so on. */
  readonly step?: string;
  /** Default: function-one. */
  readonly function?: string;
  /** Default: the step has no input. */
  readonly script?: Script;
  /** Instead of a script. */
  readonly input?: object;
  readonly credentials?: readonly object[];
  readonly requirements?: object;
}

/** A table of cases, by name. */
export type RenderCases = Readonly<Record<string, RenderCase>>;
