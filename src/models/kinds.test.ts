import { describe, expect, expectTypeOf, test } from "vitest";
import { type Ref } from "../resource/ref.js";
import { aws, type eks, iam, kms, s3, v1 } from "./index.js";

test("a kind makes an object of a draft", () => {
  const bucket = s3.Bucket({ metadata: { name: "receipts" }, spec: { forProvider: { region: "eu-west-1" } } });
  expect(bucket).toEqual({
    apiVersion: "s3.aws.m.upbound.io/v1beta1",
    kind: "Bucket",
    metadata: { name: "receipts" },
    spec: { forProvider: { region: "eu-west-1" } },
  });
});

describe("what does not compile", () => {
  test("a misspelt field", () => {
    // @ts-expect-error: the field is forceDestroy
    const bucket = s3.Bucket({ spec: { forProvider: { region: "eu-west-1", forceDestory: true } } });
    expect(bucket.kind).toBe("Bucket");
  });

  test("a required parameter that is missing, be it required by the schema or by a rule", () => {
    // @ts-expect-error: region is required
    const bucket = s3.Bucket({ spec: { forProvider: {} } });
    // @ts-expect-error: policy is required
    const policy = iam.Policy({ spec: { forProvider: {} } });
    expect([bucket.kind, policy.kind]).toEqual(["Bucket", "Policy"]);
  });

  test("a reference to another kind", () => {
    const bucketRef: Ref<"s3.Bucket"> = { name: "receipts" };
    const roleRef: Ref<"iam.Role"> = { name: "reader" };
    const parameters = { region: "eu-west-1", versioningConfiguration: { status: "Enabled" } };
    const right = s3.BucketVersioning({ spec: { forProvider: { ...parameters, bucketRef } } });
    // @ts-expect-error: a Bucket is asked for
    const wrong = s3.BucketVersioning({ spec: { forProvider: { ...parameters, bucketRef: roleRef } } });
    expect([right.kind, wrong.kind]).toEqual(["BucketVersioning", "BucketVersioning"]);
  });

  test("a choice that there is not", () => {
    const config = aws.ProviderConfig({
      // @ts-expect-error: there is no such source
      spec: { credentials: { source: "Guess" } },
    });
    expect(config.kind).toBe("ProviderConfig");
  });
});

test("what is observed is typed", () => {
  type Observation = NonNullable<NonNullable<s3.Bucket["status"]>["atProvider"]>;
  expectTypeOf<Observation["arn"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<eks.PodIdentityAssociation["apiVersion"]>().toEqualTypeOf<"eks.aws.m.upbound.io/v1beta1">();
});

test("kinds know their scope", () => {
  const scopes = [s3.Bucket, kms.Key, aws.ProviderConfig, aws.ClusterProviderConfig, v1.Secret].map(
    ({ scope }) => scope,
  );
  expect(scopes).toEqual(["Namespaced", "Namespaced", "Namespaced", "Cluster", "Namespaced"]);
});

describe("an observed object is of use", () => {
  const observed = { metadata: { name: "a" } };
  const ready = { type: "Ready", status: "True" };
  test("when a managed resource is Ready", () => {
    const bucket = { apiVersion: s3.Bucket.apiVersion, kind: "Bucket", ...observed };
    expect(s3.Bucket.ready(bucket)).toBe(false);
    expect(s3.Bucket.ready({ ...bucket, status: { conditions: [ready] } })).toBe(true);
  });
  test("when a ProviderConfig exists, since nobody says that it is Ready", () => {
    const config = { apiVersion: aws.ProviderConfig.apiVersion, kind: "ProviderConfig", ...observed };
    expect(aws.ProviderConfig.ready(config)).toBe(true);
  });
});
