import { type Desired } from "trimtab";
import { type Workload } from "trimtab/aws";
import { v1 } from "trimtab/models";
import { type Looking } from "./foreign.js";

/** The annotation by which IRSA gives the Pods of a ServiceAccount a role. */
export const roleArnAnnotation = "eks.amazonaws.com/role-arn";

/** The role that a ServiceAccount is annotated with, if any. */
export function annotatedRole({ metadata }: v1.ServiceAccount): string | undefined {
  return metadata?.annotations?.[roleArnAnnotation];
}

/**
 * The ServiceAccount of a workload, whoever made it. One question for all of a namespace: Crossplane answers only so many,
 * one after the other.
 */
export function serviceAccountOf(
  { findAll }: Pick<Looking, "findAll">,
  { namespace, serviceAccount }: Workload,
): v1.ServiceAccount | undefined {
  return findAll(v1.ServiceAccount, { namespace }).find(({ metadata }) => metadata?.name === serviceAccount);
}

/** A ServiceAccount; with a role's ARN, the one that Pods get by IRSA. */
export function serviceAccountNamed(name: string, roleArn?: string): Desired<v1.ServiceAccount> {
  const annotations = roleArn === undefined ? {} : { annotations: { [roleArnAnnotation]: roleArn } };
  return v1.ServiceAccount({ metadata: { name, ...annotations } });
}
