import { encodeBase64, type Resource } from "trimtab";
import { type In } from "trimtab/schema";
import { type Outcome, type Request, settle } from "trimtab/testing";
import { ready } from "../platform/testing.js";
import { bucket } from "./function.js";
import { type Platform } from "./platform.js";

// What the specs of this function share.

export const input: In<typeof Platform> = {
  cluster: {
    arn: "arn:aws:eks:eu-west-1:123456789012:cluster/prod",
    issuer: "oidc.eks.eu-west-1.amazonaws.com/id/ABC",
  },
  regions: ["eu-west-1", "eu-central-1"],
  credentials: { allowed: ["PodIdentity", "IRSA", "AccessKey"] },
  adoptable: ["legacy-*"],
};

export const uid = "11111111-1111-1111-1111-111111111111";

/** An XBucket with one consumer, api. */
export function xbucket(consumer: object = {}, spec: object = {}) {
  return {
    metadata: { name: "receipts", namespace: "payments", uid } as { readonly name: string },
    spec: { region: "eu-west-1", consumers: [{ serviceAccount: "api", ...consumer }], ...spec },
  };
}

export const roleArn = "arn:aws:iam::123456789012:role/api";
const role = { status: { ...ready, atProvider: { arn: roleArn } } };
const attachment = { status: ready };
const policy = { status: ready };

/** What works, of each kind of credentials. */
export const working = {
  PodIdentity: { policy, podIdentity: { role, attachment, association: { status: ready } } },
  IRSA: { policy, irsa: { role, attachment } },
  AccessKey: { policy, accessKeys: { user: { status: ready }, attachment, keys: { "1": key("1") } } },
};

/** An access key that the provider has made. The values are fake. */
export function key(id: string) {
  return {
    key: {
      metadata: { annotations: { "crossplane.io/external-name": `AKIAFAKE${id}` } },
      status: ready,
      connection: { username: `AKIAFAKE${id}`, password: `fake-secret-${id}` },
    },
  };
}

/** A Secret as it is observed. */
export function secret(text: Readonly<Record<string, string>>) {
  return {
    metadata: { name: "receipts-api" },
    data: Object.fromEntries(Object.entries(text).map(([name, value]) => [name, encodeBase64(value)])),
  };
}

/** A bucket that is there, and as safe as it was asked to be. */
export const safe = {
  bucket: { status: ready },
  publicAccess: { status: ready },
  encryption: { status: ready },
  ownership: { status: ready },
  versioning: { status: ready },
  policy: { status: ready },
};

/** The AWS kinds as the provider of the cluster has them, as far as specs put objects of them into a cluster. */
export const kinds = {
  association: { apiVersion: "eks.aws.m.upbound.io/v1beta1", kind: "PodIdentityAssociation" },
  role: { apiVersion: "iam.aws.m.upbound.io/v1beta1", kind: "Role" },
  secret: { apiVersion: "v1", kind: "Secret" },
  serviceAccount: { apiVersion: "v1", kind: "ServiceAccount" },
};

/** An XR as it lies in the cluster. */
export function composite(spec: unknown, kind = "XBucket", metadata: object = xbucket().metadata): Resource {
  return { apiVersion: "platform.trimtab.dev/v1alpha1", kind, metadata, spec } as unknown as Resource;
}

/** Answers whatever is asked for at once, by the name of the requirement. */
export function answering(answer: (requirement: string) => readonly Resource[]): NonNullable<Request["required"]> {
  return new Proxy({}, { get: (_, requirement) => answer(String(requirement)) });
}

/** One reconcile without admission: of an XR as it may lie in a cluster whose XRD was looser once. Nothing else is there. */
export function reconciled(request: Omit<Request, "required" | "observed">): Outcome {
  return settle(bucket, { input, observed: {}, required: answering(() => []), ...request });
}
