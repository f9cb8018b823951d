import { boolean, defineXRD, object, oneOf, string } from "trimtab/schema";

const spec = object({
  serviceAccount: string({ minLength: 1, maxLength: 253, pattern: /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/ })
    .immutable()
    .describe("The ServiceAccount of this namespace whose Pods get the role. Cannot be changed."),
  createServiceAccount: boolean()
    .default(false)
    .describe(
      "Whether the ServiceAccount is made here, once the identity works, so that no Pod starts without it. Turned off later, it is deleted.",
    ),
  credentials: oneOf("PodIdentity", "IRSA")
    .optional()
    .describe("How Pods get the role. Left out: what the platform prefers."),
}).describe("Whose identity it is, and how Pods get it.");

const status = object({
  serviceAccount: string().optional().describe("The ServiceAccount."),
  role: object({
    name: string().describe("Its name in IAM, known before it exists."),
    arn: string().optional().describe("Its ARN, once it exists."),
  })
    .optional()
    .describe("The role that Pods get."),
});

/** One IAM role for a ServiceAccount, which several XBuckets of the namespace share. */
export const XWorkloadIdentity = defineXRD({
  group: "platform.trimtab.dev",
  version: "v1alpha1",
  kind: "XWorkloadIdentity",
  description: "One IAM role for a ServiceAccount of this namespace, which several XBuckets share.",
  columns: [
    { name: "ServiceAccount", path: ".spec.serviceAccount" },
    { name: "Role", path: ".status.role.name" },
  ],
  spec,
  status,
});
