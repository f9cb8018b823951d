import { type XRD } from "../schema/index.js";
import { type Step } from "./step.js";

export interface CompositionProps {
  /** Its name in the cluster. */
  readonly name: string;
  /** The XRs that it composes. */
  readonly composite: XRD;
  /** One step at least, in the order in which they run. */
  readonly pipeline: readonly Step[];
  /**
   * The namespace of Crossplane's copy of the connection Secret. For XRDs with a claim, whose Secrets stay empty
   * without it. Default: none.
   */
  readonly writeConnectionSecretsToNamespace?: string;
  /** By which an XR may select it. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Default: none. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Refuses what Crossplane would refuse, or pass over in silence. */
export function checkComposition({ name, composite, pipeline, ...props }: CompositionProps): void {
  const refuse = (problem: string): never => {
    throw new Error(`cannot define the Composition ${name}: ${problem}`);
  };
  if (pipeline.length === 0) refuse("pipeline is empty; give it a step");
  const names = pipeline.map(({ step }) => step);
  const twice = names.find((step, index) => names.indexOf(step) !== index);
  if (twice !== undefined) refuse(`pipeline has two steps ${twice}; rename one`);
  if (props.writeConnectionSecretsToNamespace !== undefined && composite.claim === undefined) {
    refuse(`writeConnectionSecretsToNamespace is for XRDs with a claim, which ${composite.kind} is not; leave it out`);
  }
}
