import { type CompositionProps, checkComposition } from "./composition-props.js";
import { type Step } from "./step.js";

/** A Composition as it lies in the cluster. */
export interface CompositionManifest {
  readonly apiVersion: "apiextensions.crossplane.io/v1";
  readonly kind: "Composition";
  readonly metadata: {
    readonly name: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: {
    readonly compositeTypeRef: { readonly apiVersion: string; readonly kind: string };
    readonly mode: "Pipeline";
    readonly pipeline: readonly Omit<Step, "function">[];
    readonly writeConnectionSecretsToNamespace?: string;
  };
}

/**
 * The Composition that is defined.
 *
 * @throws Error where Crossplane would refuse it, or pass something over in silence
 */
export function compositionManifest(props: CompositionProps): CompositionManifest {
  checkComposition(props);
  const { name, composite, pipeline, writeConnectionSecretsToNamespace, labels, annotations } = props;
  return {
    apiVersion: "apiextensions.crossplane.io/v1",
    kind: "Composition",
    metadata: {
      name,
      ...(labels && { labels: { ...labels } }),
      ...(annotations && { annotations: { ...annotations } }),
    },
    spec: {
      compositeTypeRef: { apiVersion: `${composite.group}/${composite.version}`, kind: composite.kind },
      mode: "Pipeline",
      pipeline: pipeline.map(({ function: _, ...step }) => step),
      ...(writeConnectionSecretsToNamespace !== undefined && { writeConnectionSecretsToNamespace }),
    },
  };
}
