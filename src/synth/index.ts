export { CompositeResourceDefinition, type CompositeResourceDefinitionProps } from "./composite-resource-definition.js";
export { Composition } from "./composition.js";
export type { CompositionProps } from "./composition-props.js";
export { InputDefinition, type InputDefinitionProps } from "./input-definition.js";
export { Configuration, FunctionPackage } from "./package-metadata.js";
export type { ConfigurationProps, Dependency, FunctionPackageProps, PackageProps } from "./package-props.js";
export {
  type PipelineFunction,
  type RequiredResource,
  type Step,
  type StepCredentials,
  type StepOptions,
  type StepRequirements,
  step,
} from "./step.js";
export { type Definitions, type SynthesizeOptions, synthesize } from "./synthesize.js";
