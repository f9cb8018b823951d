import { ApiObject, type ApiObjectProps } from "cdk8s";
import { type Construct } from "constructs";
import { manifest, type XRD } from "../schema/index.js";

export interface CompositeResourceDefinitionProps {
  readonly xrd: XRD;
}

/** An XRD: of apiextensions.crossplane.io/v2, or of v1 where it is offered as a claim. */
export class CompositeResourceDefinition extends ApiObject {
  readonly xrd: XRD;

  constructor(scope: Construct, id: string, props: CompositeResourceDefinitionProps) {
    super(scope, id, manifest(props.xrd) as ApiObjectProps);
    this.xrd = props.xrd;
  }
}
