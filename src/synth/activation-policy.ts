import { ApiObject } from "cdk8s";
import { type Construct } from "constructs";
import { type ComposedKind } from "./composed-kinds.js";

export interface ActivationPolicyProps {
  readonly name: string;
  readonly managed: readonly ComposedKind[];
  /** Names of definitions besides, or patterns of them. */
  readonly activate: readonly string[];
}

/** What activates managed kinds, of which a provider that starts safely has none active by itself. */
export class ActivationPolicy extends ApiObject {
  constructor(scope: Construct, id: string, { name, managed, activate }: ActivationPolicyProps) {
    const names = managed.map(({ plural, group }) => `${plural}.${group}`);
    super(scope, id, {
      apiVersion: "apiextensions.crossplane.io/v1alpha1",
      kind: "ManagedResourceActivationPolicy",
      metadata: { name },
      spec: { activate: [...new Set([...names, ...activate])] },
    });
  }
}
