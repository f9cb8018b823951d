export { type CompositionManifest, compositionManifest } from "../synth/composition-manifest.js";
export type { CompositionProps } from "../synth/composition-props.js";
export type { ConfigurationProps, Dependency, FunctionPackageProps, PackageProps } from "../synth/package-props.js";
export { type PipelineFunction, type Step, type StepOptions, step } from "../synth/step.js";
export { defineProject, type Project, type ProjectDefinition } from "./define-project.js";
export { findConfig } from "./find-config.js";
export { type LoadedProject, loadProject, type ProjectLoader, projectLoader } from "./load-project.js";
