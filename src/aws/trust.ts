import { accountProblem, parseArn } from "./arn.js";
import { type Partition, partitionProblem } from "./partition.js";
import { policyDocument } from "./policy.js";

/** One ServiceAccount of one namespace. */
export interface Workload {
  readonly namespace: string;
  readonly serviceAccount: string;
}

export interface PodIdentityTrust extends Workload {
  /** The account of the cluster and of the role. */
  readonly account: string;
  readonly clusterArn: string;
}

/**
 * Who may assume a role through EKS Pod Identity, as JSON: one ServiceAccount of one cluster. Without these conditions
 * every association of the account could use the role. The association must keep its session tags.
 * Throws if a value is not of its form: none can hold a wildcard or a policy variable.
 */
export function podIdentityTrust({ account, clusterArn, namespace, serviceAccount }: PodIdentityTrust): string {
  refuse("trust EKS Pod Identity", [
    ofField("account", accountProblem(account)),
    clusterProblem(clusterArn, account),
    ...workloadProblems({ namespace, serviceAccount }),
  ]);
  const statement = {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:SourceAccount": account,
        "aws:RequestTag/eks-cluster-arn": clusterArn,
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": serviceAccount,
      },
    },
  } as const;
  return policyDocument([statement], "trust");
}

export interface IrsaTrust extends Workload {
  readonly partition: Partition;
  /** The account of the OIDC provider and of the role. */
  readonly account: string;
  /** The cluster's OIDC issuer, without `https://`. */
  readonly issuer: string;
}

/**
 * Who may assume a role through IAM roles for service accounts, as JSON: one ServiceAccount of the cluster with this
 * issuer, whose tokens are meant for AWS STS. Throws if a value is not of its form.
 */
export function irsaTrust({ partition, account, issuer, namespace, serviceAccount }: IrsaTrust): string {
  refuse("trust the cluster's OIDC issuer", [
    partitionProblem(partition),
    ofField("account", accountProblem(account)),
    issuerProblem(issuer),
    ...workloadProblems({ namespace, serviceAccount }),
  ]);
  const statement = {
    Effect: "Allow",
    Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${issuer}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: "sts.amazonaws.com",
        [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
      },
    },
  } as const;
  return policyDocument([statement], "trust");
}

function refuse(action: string, problems: readonly (string | undefined)[]): void {
  const problem = problems.find(Boolean);
  if (problem) throw new Error(`cannot ${action}: ${problem}`);
}

function ofField(field: string, problem: string | undefined): string | undefined {
  return problem && `${field} ${problem}`;
}

function clusterProblem(clusterArn: string, account: string): string | undefined {
  const remedy = "write the cluster's ARN, arn:<partition>:eks:<region>:<account>:cluster/<name>";
  const shape = /^arn:[a-z-]+:eks:[a-z0-9-]+:[0-9]{12}:cluster\/[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
  if (!shape.test(clusterArn)) return `clusterArn ${JSON.stringify(clusterArn)} is not the ARN of a cluster: ${remedy}`;
  const cluster = parseArn(clusterArn);
  if (cluster.account === account) return undefined;
  return `clusterArn is of account ${cluster.account} and account says ${account}: the role must be in the cluster's`;
}

function issuerProblem(issuer: string): string | undefined {
  const given = `issuer ${JSON.stringify(issuer)}`;
  if (/^[a-z]+:\/\//i.test(issuer)) return `${given} must be without https://`;
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\/[A-Za-z0-9._~-]+)*$/.test(issuer) && !issuer.includes("..")) return undefined;
  return `${given} is not of the form <host>/<path>, such as oidc.eks.eu-west-1.amazonaws.com/id/ABC`;
}

function workloadProblems({ namespace, serviceAccount }: Workload): readonly (string | undefined)[] {
  const label = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
  return [
    namespace.length <= 63 && new RegExp(`^${label}$`).test(namespace)
      ? undefined
      : `namespace ${JSON.stringify(namespace)} is not a DNS label: use lower-case letters, digits and dashes`,
    serviceAccount.length <= 253 && new RegExp(`^${label}(\\.${label})*$`).test(serviceAccount)
      ? undefined
      : `serviceAccount ${JSON.stringify(serviceAccount)} is not a DNS name: use lower-case letters, digits, dashes and dots`,
  ];
}
