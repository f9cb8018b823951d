import { fatal, type Resource } from "trimtab";
import { type Workload } from "trimtab/aws";
import { eks } from "trimtab/models";
import { controllerOf, isOwn, type Looking } from "./foreign.js";

/**
 * The Pod Identity association of a ServiceAccount that is not this XR's, if any. EKS allows one for each ServiceAccount of
 * a cluster, and prefers it to an annotation for IRSA.
 */
export function foreignAssociation(
  { findAll, xr }: Looking,
  { namespace, serviceAccount }: Workload,
  clusterName: string,
): eks.PodIdentityAssociation | undefined {
  return findAll(eks.PodIdentityAssociation, { namespace }).find((association) => {
    const bound = association.spec.forProvider;
    if (bound.namespace !== namespace || bound.serviceAccount !== serviceAccount) return false;
    return (bound.clusterName ?? clusterName) === clusterName && !isOwn(xr, association);
  });
}

export interface BoundRefusal {
  /** The field that names the ServiceAccount. */
  readonly field: string;
  readonly serviceAccount: string;
  /** What to do where an XR has bound it; undefined for a kind that it knows nothing of. */
  remedyFor(kind: string, name: string): string | undefined;
}

/** Refuses a ServiceAccount that somebody else has bound, by an association or a role, with the owner's name and what to do. */
export function refuseBound(bound: Resource, { field, serviceAccount, remedyFor }: BoundRefusal): never {
  const controller = controllerOf(bound);
  const owner = controller ? `${controller.kind} ${controller.name}` : `the ${bound.kind} ${bound.metadata?.name}`;
  const release = controller ? `take it out of ${owner}` : `delete ${owner}`;
  const remedy = (controller && remedyFor(controller.kind, controller.name)) ?? release;
  return fatal(
    `${field} ${serviceAccount} is bound by ${owner} already, and EKS gives a ServiceAccount one role: ${remedy}, or choose another ServiceAccount`,
  );
}
