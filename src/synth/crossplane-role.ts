import { ApiObject, type ApiObjectProps } from "cdk8s";
import { type Construct } from "constructs";
import { type ComposedKind } from "./composed-kinds.js";

export interface CrossplaneRoleProps {
  /** Of the Configuration. */
  readonly name: string;
  readonly ungranted: readonly ComposedKind[];
}

/** What lets Crossplane compose kinds that are neither its own nor a provider's. No package may bring it. */
export class CrossplaneRole extends ApiObject {
  constructor(scope: Construct, id: string, { name, ungranted }: CrossplaneRoleProps) {
    super(scope, id, {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: {
        name: `${name}:aggregate-to-crossplane`,
        labels: { "rbac.crossplane.io/aggregate-to-crossplane": "true" },
      },
      rules: rulesFor(ungranted),
    } as ApiObjectProps);
  }
}

/** A rule for each group, in the order of their names. */
function rulesFor(kinds: readonly ComposedKind[]): readonly object[] {
  return [...new Set(kinds.map(({ group }) => group))].map((group) => ({
    apiGroups: [group],
    resources: kinds.flatMap((kind) => (kind.group === group ? kind.plural : [])),
    verbs: ["get", "list", "watch", "create", "update", "patch", "delete"],
  }));
}
