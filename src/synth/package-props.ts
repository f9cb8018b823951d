import { type XRD } from "../schema/index.js";
import { type CompositionProps } from "./composition-props.js";
import { type PipelineFunction } from "./step.js";

/** What the metadata of each package may say. */
export interface PackageProps {
  /** Which versions of Crossplane it works with, such as `>=v2.0.0`. Default: any. */
  readonly crossplane?: string;
  /** Packages that Crossplane installs with it. Default: none. */
  readonly dependsOn?: readonly Dependency[];
  /** Such as `meta.crossplane.io/source`, `…/license` and `…/description`. Default: none. */
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Dependency {
  readonly kind: "Configuration" | "Function" | "Provider";
  /** Registry and repository, without a tag. */
  readonly package: string;
  /** A version or a range of them, such as `>=v0.1.0`, or a digest. */
  readonly version: string;
}

/** A package of XRDs and Compositions. */
export interface ConfigurationProps extends PackageProps {
  readonly kind: "Configuration";
  /** Names the package, and its folder. */
  readonly name: string;
  readonly compositions: readonly CompositionProps[];
  /** Default: those that its Compositions compose. */
  readonly xrds?: readonly XRD[];
  /**
   * Managed kinds to activate besides those that the functions of its pipelines say that they compose, such as those of
   * functions of elsewhere: `buckets.s3.aws.m.upbound.io`, or `*.s3.aws.m.upbound.io`. Default: none.
   */
  readonly activate?: readonly string[];
  /** Files of YAML, or folders of them, that show how to use it, from the project's root. Default: none. */
  readonly examples?: readonly string[];
}

/** A package that runs a function of this project. */
export interface FunctionPackageProps extends PackageProps {
  readonly kind: "Function";
  readonly function: PipelineFunction;
  /** Names the package, and its folder. Default: `function-` and the function's name. */
  readonly name?: string;
  /** The module that exports the function, from the project's root. Default: `functions/<the function's name>/function.ts`. */
  readonly entry?: string;
  /**
   * Whether its program can trace calls with OpenTelemetry, which the project then has installed; see `docs/serving.md`. Default:
   * no, which is smaller and starts sooner.
   */
  readonly tracing?: boolean;
}
