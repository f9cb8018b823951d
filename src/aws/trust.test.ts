import { describe, expect, test } from "vitest";
import { irsaTrust, podIdentityTrust } from "./trust.js";

const workload = { namespace: "payments", serviceAccount: "receipts-api" };
const clusterArn = "arn:aws:eks:eu-west-1:123456789012:cluster/main_1";
const podIdentity = { ...workload, account: "123456789012", clusterArn };
const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
const irsa = { ...workload, partition: "aws", account: "123456789012", issuer } as const;

test("Pod Identity trusts one ServiceAccount of one cluster", () => {
  expect(JSON.parse(podIdentityTrust(podIdentity))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": "123456789012",
            "aws:RequestTag/eks-cluster-arn": clusterArn,
            "aws:RequestTag/kubernetes-namespace": "payments",
            "aws:RequestTag/kubernetes-service-account": "receipts-api",
          },
        },
      },
    ],
  });
});

test("IRSA trusts tokens of one ServiceAccount that are meant for STS", () => {
  expect(JSON.parse(irsaTrust({ ...irsa, partition: "aws-cn" }))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws-cn:iam::123456789012:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: "system:serviceaccount:payments:receipts-api",
          },
        },
      },
    ],
  });
});

test.each(["a.b", "0", `${"a".repeat(63)}.${"b".repeat(63)}`])("the ServiceAccount may be %s", (serviceAccount) => {
  expect(irsaTrust({ ...irsa, serviceAccount })).toContain(`:payments:${serviceAccount}"`);
  expect(podIdentityTrust({ ...podIdentity, serviceAccount })).toContain(`"${serviceAccount}"`);
});

describe("a workload that is not one ServiceAccount is refused", () => {
  const cases = {
    "any namespace": { namespace: "*", says: 'namespace "*"' },
    "no namespace": { namespace: "", says: 'namespace ""' },
    "a dotted namespace": { namespace: "a.b", says: 'namespace "a.b"' },
    "two names in a namespace": { namespace: "a:b", says: 'namespace "a:b"' },
    "a long namespace": { namespace: "a".repeat(64), says: "is not a DNS label" },
    "any ServiceAccount": { serviceAccount: "*", says: 'serviceAccount "*"' },
    "a wildcard within": { serviceAccount: "receipts-?", says: "is not a DNS name" },
    "a policy variable": { serviceAccount: `\${aws:username}`, says: "is not a DNS name" },
    "upper case": { serviceAccount: "Receipts", says: "is not a DNS name" },
    "a line end": { serviceAccount: "receipts\n", says: "is not a DNS name" },
  };
  test.each(Object.entries(cases))("%s", (_, { says, ...change }) => {
    expect(() => podIdentityTrust({ ...podIdentity, ...change })).toThrow(says);
    expect(() => irsaTrust({ ...irsa, ...change })).toThrow(says);
  });
});

describe("a cluster that is not one of the account is refused", () => {
  const cases = {
    "short account": { account: "1234", says: "cannot trust EKS Pod Identity: account " },
    "a cluster's name": { clusterArn: "main", says: 'clusterArn "main" is not the ARN of a cluster' },
    "any cluster": { clusterArn: "arn:aws:eks:eu-west-1:123456789012:cluster/*", says: "is not the ARN of a cluster" },
    "something else": { clusterArn: "arn:aws:s3:::main", says: "is not the ARN of a cluster" },
    "no partition": { clusterArn: "arn:x:eks:eu-west-1:123456789012:cluster/a", says: 'partition "x" is unknown' },
    "another account": { account: "210987654321", says: "clusterArn is of account 123456789012" },
  };
  test.each(Object.entries(cases))("%s", (_, { says, ...change }) => {
    expect(() => podIdentityTrust({ ...podIdentity, ...change })).toThrow(says);
  });
});

describe("an issuer that is not a host and a path is refused", () => {
  const cases = {
    "with its scheme": { issuer: `https://${issuer}`, says: "must be without https://" },
    empty: { issuer: "", says: "is not of the form <host>/<path>" },
    wildcard: { issuer: "oidc.eks.*.amazonaws.com/id/A", says: "is not of the form" },
    "with a slash at the end": { issuer: `${issuer}/`, says: "is not of the form" },
    "with a port": { issuer: "oidc.example.org:8443/a", says: "is not of the form" },
    "with a step up": { issuer: "oidc.example.org/../a", says: "is not of the form" },
  };
  test.each(Object.entries(cases))("%s", (_, { issuer, says }) => {
    expect(() => irsaTrust({ ...irsa, issuer })).toThrow(says);
  });
});
