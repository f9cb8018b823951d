import { createHash } from "node:crypto";
import {
  getDesiredComposedResources,
  getInput,
  getObservedComposedResources,
  getObservedCompositeResource,
  Ready,
  Resource,
  setDesiredComposedResources,
  setDesiredCompositeStatus,
  to,
} from "@crossplane-org/function-sdk-typescript";

/**
 * An XBucket whose consumers use Pod Identity, with the official SDK: the objects that the function `bucket` makes of it, and
 * none of its guards. It checks no field, keeps nothing, looks nothing up, and masks no secret.
 */
export function compose(request) {
  const { resource: xr } = getObservedCompositeResource(request);
  const observed = getObservedComposedResources(request);
  const input = getInput(request);
  const xbucket = about(xr, input, observed);
  const desired = getDesiredComposedResources(request);
  for (const [key, resource] of Object.entries({ ...storage(xbucket), ...consumers(xbucket) })) {
    const { metadata = {}, ...rest } = resource;
    const annotations = { ...metadata.annotations, "trimtab.dev/composed-by": "bucket" };
    desired[key] = Resource.fromJSON({
      resource: { ...rest, metadata: { name: xbucket.nameOf(key), ...metadata, annotations } },
      ready: isReady(observed[key]?.resource) ? Ready.READY_TRUE : Ready.READY_FALSE,
    });
  }
  let response = setDesiredComposedResources(to(request), desired);
  response = setDesiredCompositeStatus({ rsp: response, status: statusOf(xbucket) });
  response.conditions.push(
    { type: "IdentityReady", status: 2, reason: "Ready", target: 2 },
    { type: "Composed", status: 2, reason: "Complete", target: 2 },
  );
  response.requirements = { extraResources: {}, resources: {}, schemas: {} };
  return response;
}

function about({ kind, metadata, spec }, { cluster, tags }, observed) {
  const { namespace, name } = metadata;
  const readable = ["", namespace, name];
  const [account, clusterName] = [cluster.arn.split(":")[4], cluster.arn.split("/")[1]];
  const bucket = externalName(readable, [cluster.arn, kind]);
  return {
    ...{
      namespace,
      name,
      spec,
      account,
      clusterName,
      clusterArn: cluster.arn,
      clusterRegion: cluster.arn.split(":")[3],
    },
    bucket,
    arn: `arn:aws:s3:::${bucket}`,
    endpoint: `https://s3.${spec.region}.amazonaws.com`,
    tags: { ...tags, "trimtab.dev/owner": `${kind}/${namespace}/${name}`, "trimtab.dev/cluster": cluster.arn },
    identityName: (account, what) => externalName([...readable, account], [cluster.arn, kind, what]),
    nameOf: (key) =>
      observed[key]?.resource?.metadata?.name ??
      `${name}-${hash(metadata.uid + key)
        .toString("hex")
        .slice(0, 12)}`,
    roleArn: (account) => observed[`consumers/${account}/podIdentity/role`]?.resource?.status?.atProvider?.arn,
  };
}

const S3 = "s3.aws.m.upbound.io/v1beta1";
const IAM = "iam.aws.m.upbound.io/v1beta1";
const RETAIN = ["Observe", "Create", "Update", "LateInitialize"];
const PROVIDER = { kind: "ClusterProviderConfig", name: "default" };

function storage({ spec, bucket, arn, tags, nameOf }) {
  const { region } = spec;
  const inBucket = { region, bucketRef: { name: nameOf("bucket") } };
  const retained = (kind, forProvider, annotations = {}) => ({
    apiVersion: S3,
    kind,
    metadata: { annotations },
    spec: { managementPolicies: RETAIN, providerConfigRef: PROVIDER, forProvider },
  });
  const deny = { Effect: "Deny", Principal: "*" };
  const everything = { ...deny, Action: "s3:*", Resource: [arn, `${arn}/*`] };
  const header = "s3:x-amz-server-side-encryption";
  const policy = document([
    { Sid: "DenyWithoutTls", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "DenyOldTls", ...everything, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    {
      Sid: "DenyOtherEncryption",
      ...deny,
      Action: "s3:PutObject",
      Resource: `${arn}/*`,
      Condition: { Null: { [header]: "false" }, StringNotEquals: { [header]: "AES256" } },
    },
  ]);
  return {
    bucket: retained(
      "Bucket",
      { region, forceDestroy: spec.deletion.force, tags },
      { "crossplane.io/external-name": bucket },
    ),
    publicAccess: retained("BucketPublicAccessBlock", {
      ...inBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
      skipDestroy: true,
    }),
    encryption: retained("BucketServerSideEncryptionConfiguration", {
      ...inBucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
          bucketKeyEnabled: false,
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    }),
    ownership: retained("BucketOwnershipControls", { ...inBucket, rule: { objectOwnership: "BucketOwnerEnforced" } }),
    versioning: retained("BucketVersioning", {
      ...inBucket,
      versioningConfiguration: { status: spec.versioning ? "Enabled" : "Suspended" },
    }),
    policy: retained("BucketPolicy", { ...inBucket, policy }),
  };
}

function consumers(xbucket) {
  const entries = xbucket.spec.consumers.flatMap((consumer) =>
    Object.entries(consumerOf(consumer, xbucket)).map(([key, made]) => [
      `consumers/${consumer.serviceAccount}/${key}`,
      made,
    ]),
  );
  return Object.fromEntries(entries);
}

function consumerOf(consumer, xbucket) {
  const { spec, bucket, arn, namespace, account, tags, identityName, nameOf, roleArn } = xbucket;
  const { serviceAccount, prefix } = consumer;
  const own = (key) => nameOf(`consumers/${serviceAccount}/${key}`);
  const managed = (apiVersion, kind, forProvider, externalName) => ({
    apiVersion,
    kind,
    metadata: { annotations: externalName ? { "crossplane.io/external-name": externalName } : {} },
    spec: { providerConfigRef: PROVIDER, forProvider },
  });
  const role = managed(
    IAM,
    "Role",
    { assumeRolePolicy: trust(serviceAccount, xbucket), tags },
    identityName(serviceAccount, "PodIdentity"),
  );
  return {
    policy: managed(
      IAM,
      "Policy",
      { policy: access(arn, prefix, account), tags },
      identityName(serviceAccount, "policy"),
    ),
    "podIdentity/role": {
      ...role,
      spec: { ...role.spec, managementPolicies: ["Observe", "Create", "Update", "Delete"] },
    },
    "podIdentity/attachment": managed(IAM, "RolePolicyAttachment", {
      roleRef: { name: own("podIdentity/role") },
      policyArnRef: { name: own("policy") },
    }),
    "podIdentity/association": managed("eks.aws.m.upbound.io/v1beta1", "PodIdentityAssociation", {
      region: xbucket.clusterRegion,
      clusterName: xbucket.clusterName,
      namespace,
      serviceAccount,
      roleArnRef: { name: own("podIdentity/role") },
      tags,
    }),
    secret: {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: consumer.secretName },
      type: "servicebinding.io/s3",
      data: encoded({
        BUCKET_NAME: bucket,
        BUCKET_PREFIX: prefix,
        AWS_REGION: spec.region,
        ...{ type: "s3", provider: "aws", bucket, region: spec.region, endpoint: xbucket.endpoint, prefix },
        uri: `s3://${bucket}/${prefix}`,
        "role-arn": roleArn(serviceAccount),
      }),
    },
  };
}

function trust(serviceAccount, { namespace, account, clusterArn }) {
  const tag = (name) => `aws:RequestTag/${name}`;
  return document([
    {
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          [tag("eks-cluster-arn")]: clusterArn,
          [tag("kubernetes-namespace")]: namespace,
          [tag("kubernetes-service-account")]: serviceAccount,
          "aws:SourceAccount": account,
        },
      },
    },
  ]);
}

function access(arn, prefix, account) {
  const inAccount = { "aws:ResourceAccount": account };
  const allow = (Action, Resource, Condition) => ({ Effect: "Allow", Action, Resource, Condition });
  return document([
    allow("s3:ListBucket", arn, { StringEquals: inAccount, StringLike: { "s3:prefix": `${prefix}*` } }),
    allow("s3:GetBucketLocation", arn, { StringEquals: inAccount }),
    allow(OBJECT_ACTIONS, `${arn}/${prefix}*`, { StringEquals: inAccount }),
  ]);
}

const OBJECT_ACTIONS = [
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:GetObject",
  "s3:GetObjectTagging",
  "s3:GetObjectVersion",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
  "s3:PutObjectTagging",
];

function statusOf({ spec, name, bucket, arn, endpoint, roleArn }) {
  const binding = ({ secretName }) => ({ name: secretName });
  const [only, ...others] = spec.consumers;
  return {
    bucket: { name: bucket, arn, region: spec.region, endpoint },
    consumers: spec.consumers.map((consumer) => ({
      serviceAccount: consumer.serviceAccount,
      roleArn: roleArn(consumer.serviceAccount),
      binding: binding(consumer),
    })),
    ...(only && others.length === 0 && { binding: binding(only, name) }),
  };
}

function isReady(resource) {
  if (resource === undefined) return false;
  if (resource.kind === "Secret") return true;
  return resource.status?.conditions?.find(({ type }) => type === "Ready")?.status === "True";
}

const document = (Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const hash = (text) => createHash("sha256").update(text).digest();
const encoded = (text) =>
  Object.fromEntries(Object.entries(text).map(([key, value]) => [key, Buffer.from(value).toString("base64")]));

function externalName(readable, identity) {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  const digest = hash(JSON.stringify([readable, identity])).subarray(0, 12);
  return `${readable.join("-").slice(1)}-${[...digest].map((byte) => letters[byte % 32]).join("")}`;
}
