import { type Desired } from "trimtab";
import { v1 } from "trimtab/models";

/** The annotation by which IRSA gives the Pods of a ServiceAccount a role. */
export const roleArnAnnotation = "eks.amazonaws.com/role-arn";

/** The role that a ServiceAccount is annotated with, if any. */
export function annotatedRole({ metadata }: v1.ServiceAccount): string | undefined {
  return metadata?.annotations?.[roleArnAnnotation];
}

/** A ServiceAccount; with a role's ARN, the one that Pods get by IRSA. */
export function serviceAccountNamed(name: string, roleArn?: string): Desired<v1.ServiceAccount> {
  const annotations = roleArn === undefined ? {} : { annotations: { [roleArnAnnotation]: roleArn } };
  return v1.ServiceAccount({ metadata: { name, ...annotations } });
}
