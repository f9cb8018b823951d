import { ApiObject } from "cdk8s";
import { type Construct } from "constructs";
import { type CompositionProps, checkComposition } from "./composition-props.js";

/** A Composition of mode Pipeline. */
export class Composition extends ApiObject {
  constructor(scope: Construct, id: string, props: CompositionProps) {
    checkComposition(props);
    const { name, composite, pipeline, writeConnectionSecretsToNamespace, labels, annotations } = props;
    super(scope, id, {
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
        writeConnectionSecretsToNamespace,
      },
    });
  }
}
