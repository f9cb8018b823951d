import { type FunctionCall } from "../../src/render/index.js";
import { objectsAt, textAt } from "../../src/render/unstructured.js";
import { encodeBase64 } from "../../src/resource/index.js";
import { decodeRequest, encodeResponse, type JsonObject, Ready, type ResourceState } from "../../src/wire/index.js";

/**
 * A function as one writes it first: what it does not know yet it leaves out, and what it knows it publishes. It composes
 * under the names of the function bucket, so that both can be told by the same rules.
 */
export const naive: FunctionCall = (bytes) => {
  const { meta, observed } = decodeRequest(bytes);
  const xr = observed?.composite?.resource ?? {};
  const seen = observed?.resources ?? {};
  const at = (key: string, ...path: readonly string[]) =>
    textAt(seen[key]?.resource ?? {}, ["status", "atProvider", ...path]);
  const region = textAt(xr, ["spec", "region"]);
  const arn = at("bucket", "arn");
  const resources: Record<string, JsonObject> = { bucket: s3("Bucket", { region }) };
  if (arn !== "") {
    const bucket = at("bucket", "id");
    resources["versioning"] = s3("BucketVersioning", {
      region,
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    resources["policy"] = s3("BucketPolicy", { region, bucket, policy: JSON.stringify({ Resource: arn }) });
  }
  for (const consumer of objectsAt(xr, ["spec", "consumers"])) {
    const name = textAt(consumer, ["serviceAccount"]);
    const key = `consumers/${name}/podIdentity/role`;
    resources[key] = iam("Role", { assumeRolePolicy: "{}" });
    if (arn !== "")
      resources[`consumers/${name}/policy`] = iam("Policy", { policy: JSON.stringify({ Resource: arn }) });
    const known = { BUCKET_NAME: at("bucket", "id"), AWS_REGION: region, "role-arn": at(key, "arn") };
    const data = Object.entries(known).filter(([, value]) => value !== "");
    resources[`consumers/${name}/secret`] = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: `receipts-${name}` },
      data: Object.fromEntries(data.map(([field, value]) => [field, encodeBase64(value)])),
    };
  }
  return encodeResponse({
    meta: { tag: meta?.tag ?? "", ttl: { seconds: 60, nanos: 0 } },
    desired: { composite: undefined, resources: Object.fromEntries(Object.entries(resources).map(ready)) },
  });
};

function s3(kind: string, forProvider: JsonObject): JsonObject {
  return { apiVersion: "s3.aws.m.upbound.io/v1beta1", kind, spec: { forProvider } };
}

function iam(kind: string, forProvider: JsonObject): JsonObject {
  return { apiVersion: "iam.aws.m.upbound.io/v1beta1", kind, spec: { forProvider } };
}

function ready([key, resource]: [string, JsonObject]): [string, ResourceState] {
  return [key, { resource, connectionDetails: {}, ready: Ready.True }];
}
