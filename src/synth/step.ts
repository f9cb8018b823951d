import { type Composes } from "../function/composes.js";
import { admit, explain, type In, type Schema, type XRD } from "../schema/index.js";
import { inputType } from "./input-type.js";

/** A composition function, as far as a pipeline has to know it. */
export interface PipelineFunction<S extends Schema = Schema> {
  readonly name: string;
  readonly composite: readonly XRD[];
  readonly input: S;
  /** What it says that it composes. Default: it does not say. */
  readonly composes?: Composes;
}

/** A step of a Composition's pipeline, as Crossplane spells it. For a function of this project see {@link step}. */
export interface Step {
  /** Unique in its pipeline. */
  readonly step: string;
  /** The Function in the cluster. */
  readonly functionRef: { readonly name: string };
  /** An object with apiVersion and kind. Default: none. */
  readonly input?: object;
  /** Secrets that the function is given. Default: none. */
  readonly credentials?: readonly StepCredentials[];
  /** Objects that the function is given from the first call on. Default: none. */
  readonly requirements?: StepRequirements;
  /** The function of this project that the step runs; no part of the YAML. Default: one of elsewhere. */
  readonly function?: PipelineFunction;
}

export interface StepCredentials {
  readonly name: string;
  readonly source: "Secret";
  readonly secretRef: { readonly namespace: string; readonly name: string };
}

export interface StepRequirements {
  readonly requiredResources?: readonly RequiredResource[];
  readonly requiredSchemas?: readonly {
    readonly requirementName: string;
    readonly apiVersion: string;
    readonly kind: string;
  }[];
}

/** Objects by name or by labels, never both. */
export interface RequiredResource {
  readonly requirementName: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly matchLabels?: Readonly<Record<string, string>>;
}

export interface StepOptions<S extends Schema> extends Pick<Step, "credentials" | "requirements"> {
  /** What the platform decides, without apiVersion and kind. Default: none, for a function that takes none. */
  readonly input?: In<S>;
  /** The step's name. Default: the function's. */
  readonly name?: string;
  /**
   * The name of the Function in the cluster. Crossplane names a dependency that it installs after its repository, such
   * as `acme-function-bucket`. Default: `function-` and the function's name.
   */
  readonly functionRef?: string;
}

/**
 * The step that runs a function of this project, with input in the type of its schema.
 *
 * @throws Error where the schema refuses the input, with the field's path
 */
export function step<S extends Schema>(fn: PipelineFunction<S>, options: StepOptions<NoInfer<S>> = {}): Step {
  const { input, name = fn.name, functionRef = functionName(fn), credentials, requirements } = options;
  checkInput(name, fn, input ?? {});
  return {
    step: name,
    functionRef: { name: functionRef },
    ...(input !== undefined && { input: { ...inputType(fn), ...(input as object) } }),
    ...(credentials !== undefined && { credentials }),
    ...(requirements !== undefined && { requirements }),
    function: fn,
  };
}

function checkInput(name: string, { input: { openapi } }: PipelineFunction, input: unknown): void {
  const { problems, pruned } = admit(openapi, input, "input");
  const wrong = [...problems, ...pruned.map((path) => ({ path, message: "is not in the schema" }))];
  if (wrong.length > 0) throw new Error(`cannot define the step ${name}: ${explain(wrong, "; ")}`);
}

/** The name of a function's package, and of its Function in the cluster, where nobody says otherwise. */
export function functionName({ name }: { readonly name: string }): string {
  return `function-${name}`;
}
