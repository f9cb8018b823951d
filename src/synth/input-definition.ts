import { ApiObject } from "cdk8s";
import { type Construct } from "constructs";
import { explain, lint } from "../schema/index.js";
import { inputType } from "./input-type.js";
import { type PipelineFunction } from "./step.js";

export interface InputDefinitionProps {
  readonly function: PipelineFunction;
}

/**
 * The CustomResourceDefinition of a function's input, which its package brings, so that tools can check Compositions.
 */
export class InputDefinition extends ApiObject {
  constructor(scope: Construct, id: string, props: InputDefinitionProps) {
    const { function: fn } = props;
    const { apiVersion, kind } = inputType(fn);
    const problems = lint(fn.input.openapi, "input");
    if (problems.length > 0)
      throw new Error(`cannot define the input of the function ${fn.name}: ${explain(problems, "; ")}`);
    const [group = "", version = ""] = apiVersion.split("/");
    super(scope, id, {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: `inputs.${group}` },
      spec: {
        group,
        names: { kind, listKind: `${kind}List`, plural: "inputs", singular: "input", categories: ["crossplane"] },
        scope: "Namespaced",
        versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: inputSchema(fn) } }],
      },
    });
  }
}

/** Whether a function takes input at all. */
export function takesInput({ input: { openapi } }: PipelineFunction): boolean {
  return Object.keys(openapi.properties ?? {}).length > 0;
}

function inputSchema(fn: PipelineFunction): object {
  // A default of the whole is for what holds it, and nothing holds an object.
  const { default: _, properties, ...rest } = fn.input.openapi;
  return {
    description: `Input of the function ${fn.name}.`,
    ...rest,
    properties: {
      ...properties,
      apiVersion: { type: "string" },
      kind: { type: "string" },
      metadata: { type: "object" },
    },
  };
}
