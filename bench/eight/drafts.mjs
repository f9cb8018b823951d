/**
 * What is composed of an XArchive, but for apiVersion and kind: eight objects, by composition resource name. Both
 * functions that are compared make them of it.
 */
export function drafts({ name, namespace, spec }) {
  const { region, tags, kmsKeyArn, readers, writers, lifecycle } = spec;
  const labels = {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/part-of": tags.team,
    "app.kubernetes.io/managed-by": "crossplane",
    "bench.trimtab.dev/stage": tags.stage,
  };
  const annotations = { "bench.trimtab.dev/owner": tags.owner };
  const object = (suffix, forProvider, external = {}) => ({
    metadata: { name: `${name}${suffix}`, namespace, labels, annotations: { ...annotations, ...external } },
    spec: {
      managementPolicies: ["*"],
      providerConfigRef: { kind: "ClusterProviderConfig", name: "production" },
      forProvider,
    },
  });
  const awsTags = { ...tags, "crossplane-name": name, "crossplane-kind": "xarchive.bench.trimtab.dev" };
  const inBucket = { region, bucketRef: { name } };
  const bucketArn = `arn:aws:s3:::${name}`;
  return {
    bucket: object(
      "",
      {
        region,
        forceDestroy: false,
        objectLockEnabled: false,
        tags: awsTags,
        lifecycleRule: lifecycle.map(({ id, prefix, days, storageClass }) => ({
          id,
          prefix,
          enabled: true,
          transition: [{ days, storageClass }],
        })),
      },
      { "crossplane.io/external-name": name },
    ),
    "public-access": object("-public-access", {
      ...inBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    versioning: object("-versioning", {
      ...inBucket,
      versioningConfiguration: { status: spec.versioning ? "Enabled" : "Suspended" },
    }),
    encryption: object("-encryption", {
      ...inBucket,
      rule: [
        {
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
        },
      ],
    }),
    role: object("-role", {
      path: "/archives/",
      description: `Access to the bucket ${name}`,
      maxSessionDuration: 3600,
      assumeRolePolicy: document([statement("sts:AssumeRole", { Principal: { AWS: [...readers, ...writers] } })]),
      tags: awsTags,
    }),
    policy: object("-policy", {
      path: "/archives/",
      description: `Access to the bucket ${name}`,
      policy: document([
        statement(["s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation"], {
          Sid: "Read",
          Resource: [bucketArn, `${bucketArn}/*`],
        }),
        statement(["s3:PutObject", "s3:AbortMultipartUpload"], { Sid: "Write", Resource: [`${bucketArn}/*`] }),
        statement(["kms:Decrypt", "kms:GenerateDataKey"], { Sid: "UseKey", Resource: [kmsKeyArn] }),
      ]),
      tags: awsTags,
    }),
    attachment: object("-attachment", {
      policyArnRef: { name: `${name}-policy`, policy: { resolution: "Required", resolve: "Always" } },
      roleRef: { name: `${name}-role` },
    }),
    secret: {
      metadata: { name: `${name}-secret`, namespace, labels, annotations },
      type: "connection.crossplane.io/v1alpha1",
      data: Object.fromEntries(
        Object.entries({
          bucket: name,
          region,
          endpoint: `https://${name}.s3.${region}.amazonaws.com`,
          "role-arn": `arn:aws:iam::123456789012:role/archives/${name}-role`,
          "config.json": JSON.stringify({ bucket: name, region, kmsKeyArn, readers, writers }),
        }).map(([key, value]) => [key, Buffer.from(value).toString("base64")]),
      ),
    },
  };
}

const document = (statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const statement = (actions, rest) => ({ Effect: "Allow", Action: actions, ...rest });

const S3 = "s3.aws.m.upbound.io/v1beta1";
const IAM = "iam.aws.m.upbound.io/v1beta1";

/** apiVersion and kind of each. */
export const KINDS = {
  bucket: [S3, "Bucket"],
  "public-access": [S3, "BucketPublicAccessBlock"],
  versioning: [S3, "BucketVersioning"],
  encryption: [S3, "BucketServerSideEncryptionConfiguration"],
  role: [IAM, "Role"],
  policy: [IAM, "Policy"],
  attachment: [IAM, "RolePolicyAttachment"],
  secret: ["v1", "Secret"],
};
