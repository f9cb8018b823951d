import { ApiObject } from "cdk8s";
import { type Construct } from "constructs";
import { compositionManifest } from "./composition-manifest.js";
import { type CompositionProps } from "./composition-props.js";

/** A Composition of mode Pipeline. */
export class Composition extends ApiObject {
  constructor(scope: Construct, id: string, props: CompositionProps) {
    super(scope, id, compositionManifest(props));
  }
}
