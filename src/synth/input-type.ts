import { type XRD } from "../schema/index.js";

/**
 * The kind of a function's input: `Input` in a group of its own below that of the first XRD that it composes, such as
 * `bucket.fn.platform.example.org/v1alpha1`. Crossplane wants an object with apiVersion and kind for input.
 */
export function inputType(fn: { readonly name: string; readonly composite: readonly XRD[] }): InputType {
  const [xrd] = fn.composite;
  if (xrd === undefined) throw new Error(`cannot name the input of the function ${fn.name}: it composes no XRD`);
  return { apiVersion: `${fn.name}.fn.${xrd.group}/v1alpha1`, kind: "Input" };
}

export interface InputType {
  readonly apiVersion: string;
  readonly kind: "Input";
}
