import { type Desired, omit, type Ref } from "trimtab";
import { irsaTrust, podIdentityTrust, type Workload } from "trimtab/aws";
import { eks, iam } from "trimtab/models";
import { clusterOf } from "./cluster.js";
import { type Make, withoutLateInitialize } from "./make.js";
import { type CommonPlatform } from "./platform.js";

/** How Pods get a role: from the agent of EKS, or by the token of their ServiceAccount. */
export type RoleCredentials = "PodIdentity" | "IRSA";

export interface WorkloadRole {
  readonly credentials: RoleCredentials;
  /** The only one who may assume the role. */
  readonly workload: Workload;
  /** Its name in IAM. */
  readonly externalName: string;
}

/** A role for the Pods of one ServiceAccount. For IRSA the platform's cluster must have an issuer. */
export function workloadRole(
  { credentials, workload, externalName }: WorkloadRole,
  platform: CommonPlatform,
  { aws, tags }: Make,
): Desired<iam.Role> {
  const { account, arn: clusterArn, partition } = clusterOf(platform);
  const assumeRolePolicy =
    credentials === "IRSA"
      ? irsaTrust({ ...workload, account, partition, issuer: platform.cluster.issuer ?? "" })
      : podIdentityTrust({ ...workload, account, clusterArn });
  const permissionsBoundary = platform.permissionsBoundary ?? omit;
  return aws.with({ managementPolicies: withoutLateInitialize })(
    iam.Role,
    { assumeRolePolicy, permissionsBoundary, tags },
    { externalName },
  );
}

/** What gives a role to the Pods of a ServiceAccount, by EKS Pod Identity. There can be one for each ServiceAccount. */
export function podIdentityAssociation(
  { namespace, serviceAccount }: Workload,
  roleArnRef: Ref<"iam.Role">,
  platform: CommonPlatform,
  { aws, tags }: Make,
): Desired<eks.PodIdentityAssociation> {
  const { region, name: clusterName } = clusterOf(platform);
  return aws(eks.PodIdentityAssociation, { region, clusterName, namespace, serviceAccount, roleArnRef, tags });
}
