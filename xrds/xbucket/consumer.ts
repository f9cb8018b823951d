import { boolean, list, object, oneOf, string } from "trimtab/schema";

/** The name of an object in Kubernetes. */
export const objectName = string({ minLength: 1, maxLength: 253, pattern: /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/ });

/** A service that uses the bucket. */
export const consumer = object({
  serviceAccount: objectName.describe("The ServiceAccount of this namespace whose Pods get access."),
  createServiceAccount: boolean()
    .default(false)
    .describe("Make the ServiceAccount, once its identity works: no Pod can start without it."),
  access: oneOf("Read", "Write", "ReadWrite", "Admin")
    .default("Read")
    .describe("What the service may do with objects. Write does not read; Admin also handles old versions."),
  prefix: string({ minLength: 2, maxLength: 512, pattern: /^([^*?$/]+\/)+$/ })
    .optional()
    .describe("Only keys that begin with this, literally; it ends in a slash. Left out: the whole bucket."),
  credentials: oneOf("PodIdentity", "IRSA", "AccessKey")
    .optional()
    .describe("How the service proves who it is. Left out: the platform's choice."),
  identity: object({ name: objectName.describe("The name of the XWorkloadIdentity.") })
    .optional()
    .describe("An XWorkloadIdentity of this namespace, which several XBuckets share. Instead of credentials."),
  accessKeys: list(string({ minLength: 1, maxLength: 20, pattern: /^[a-z0-9]+$/ }), { minItems: 1, maxItems: 2 })
    .rule("self.size() < 2 || self[0] != self[1]", "two access keys need two names")
    .default(["1"])
    .describe("Names of access keys, the last of which is published. To rotate: add one, restart, remove the other."),
  secretName: objectName
    .optional()
    .describe("The Secret for this service. Left out: the names of the XBucket and the ServiceAccount, with a dash."),
}).rule("!has(self.identity) || !has(self.credentials)", "identity has credentials of its own: leave credentials out");
