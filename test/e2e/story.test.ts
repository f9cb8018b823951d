import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type JsonObject } from "../../src/wire/index.js";
import { providerCRDsFor } from "../support/provider-crds.js";
import { type StandInCloud } from "./cloud/stand-in-cloud.js";
import { deletionsIn } from "./control-plane/audit.js";
import { serviceAccount } from "./control-plane/chart.js";
import { conditionsTrue, eventually } from "./control-plane/condition.js";
import { CONFIGURATION, type InstalledPlane, installedPlane } from "./installed-plane.js";
import { type PackageName, PUBLISHED, type Version } from "./packages/build.js";
import { Service } from "./service.js";

// The story that XBucket is for, on a Crossplane that has no more rights than its chart gives it.

const WHAT = "an XBucket's life on a real control plane";

describe.skipIf(providerCRDsFor(WHAT).length === 0)(WHAT, () => {
  let plane: InstalledPlane;
  let payments: Service;
  let cloud: StandInCloud;
  beforeAll(async () => {
    plane = (await installedPlane(WHAT, { isLeastPrivileged: true })) as InstalledPlane;
    cloud = await plane.namespace("payments");
    payments = new Service(plane, "payments");
  });
  afterAll(() => plane?.stop());

  test("twenty lines of YAML, and the Secret lies beside the Deployment", async () => {
    const began = performance.now();
    const since = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
    const receipts = await payments.applyExample("read-write/xr.yaml");
    await eventually("what is composed", () => payments.composed("receipts")["bucket"]);
    const composed = since();
    await eventually("the cloud", () => isReady(payments.composed("receipts")["policy"] as JsonObject | undefined));
    const made = since();
    const secret = await payments.secret("receipts-bucket");
    const published = since();
    await payments.ready(receipts);
    console.log(`apply to Secret ${published}: composed ${composed}, in the cloud ${made}; Ready ${since()}`);
    const bucket = cloud.externals().find(({ object }) => object["kind"] === "Bucket");
    expect(secret).toEqual({
      AWS_REGION: "eu-west-1",
      BUCKET_NAME: bucket?.name,
      BUCKET_PREFIX: "incoming/",
      bucket: bucket?.name,
      endpoint: "https://s3.eu-west-1.amazonaws.com",
      prefix: "incoming/",
      provider: "aws",
      region: "eu-west-1",
      "role-arn": expect.stringMatching(/^arn:aws:iam::123456789012:role\//),
      type: "s3",
      uri: `s3://${bucket?.name}/incoming/`,
    });
  });

  test("a claim's own connection Secret holds what the consumer's does", async () => {
    const claim = await payments.applyExample("claim/claim.yaml");
    await payments.ready(claim);
    const own = await payments.secret("invoices-connection");
    expect(own).toEqual(await payments.secret("invoices-invoices-api"));
  });

  test("two XBuckets of one name in two namespaces are two", async () => {
    await plane.namespace("orders");
    const orders = new Service(plane, "orders");
    await orders.ready(await orders.applyExample("read-write/xr.yaml"));
    const [theirs, ours] = [await orders.secret("receipts-bucket"), await payments.secret("receipts-bucket")];
    expect(theirs["bucket"]).not.toBe(ours["bucket"]);
    expect(theirs["role-arn"]).not.toBe(ours["role-arn"]);
  });

  test("somebody else's Secret is not seized", async () => {
    const foreign = { apiVersion: "v1", kind: "Secret", metadata: { namespace: "payments", name: "taken" } };
    await plane.client.create({ ...foreign, data: { mine: Buffer.from("all mine").toString("base64") } } as never);
    const over = { metadata: { name: "seizing" }, spec: { consumers: [{ serviceAccount: "a", secretName: "taken" }] } };
    const seizing = await payments.applyExample("read-write/xr.yaml", over);
    const said = await eventually("what it says", async () => (await payments.says(seizing, "Synced")) || undefined);
    expect(said).toContain("spec.consumers[0].secretName");
    expect(said).toContain("choose another secretName");
    expect(await payments.secret("taken")).toEqual({ mine: "all mine" });
    await plane.client.delete(seizing);
  });

  test("what somebody else has changed is put back", async () => {
    const policy = payments.composed("receipts")["consumers/receipts-api/policy"];
    const secret = payments.composed("receipts")["consumers/receipts-api/secret"];
    if (!policy || !secret) throw new Error("cannot change what is composed: it is not there");
    const wanted = documentOf(policy);
    await plane.client.merge(policy, { spec: { forProvider: { policy: '{"Version":"2012-10-17","Statement":[]}' } } });
    await plane.client.merge(secret, { data: { bucket: Buffer.from("another").toString("base64") } });
    await eventually("the policy to be put back", async () => documentOf(await plane.client.read(policy)) === wanted, {
      seconds: 120,
    });
    await eventually("the Secret to be put back", async () => {
      const { bucket, BUCKET_NAME } = await payments.secret("receipts-bucket");
      return bucket === BUCKET_NAME;
    });
  });

  test("another version is installed, and the one before again, and nothing is deleted or made anew", async () => {
    const before = deletionsIn(plane.folder).length;
    const [receipts, claimed] = [payments.identities("receipts"), secretsOf(plane)];
    const bucketName = cloud.externals().map(({ name }) => name);
    const image = () => plane.kubelet.pod("trimtab-function-bucket")?.image;
    const first = image();
    await plane.publish("v0.2.0");
    await install(plane, "v0.2.0");
    expect(image()).not.toBe(first);
    await everythingReady(plane, payments);
    await install(plane, "v0.1.0");
    expect(image()).toBe(first);
    await everythingReady(plane, payments);
    expect(payments.identities("receipts")).toEqual(receipts);
    expect(secretsOf(plane)).toEqual(claimed);
    expect(cloud.externals().map(({ name }) => name)).toEqual(bucketName);
    // Crossplane deletes the Deployments and Secrets of versions of its own that are no longer active.
    const deleted = deletionsIn(plane.folder).slice(before);
    expect(deleted.filter(({ namespace }) => namespace !== "crossplane-system" && namespace !== "")).toEqual([]);
  });

  test("no more rights are needed than Crossplane's chart and the Configuration give", async () => {
    const log = readFileSync(join(plane.folder, "crossplane.log"), "utf8");
    expect(log).not.toMatch(/is forbidden/);
    const asked = { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", metadata: {} };
    const spec = { user: serviceAccount("crossplane"), resourceAttributes: { verb: "*", group: "*", resource: "*" } };
    const { status } = await plane.client.create({ ...asked, spec } as never);
    expect(status).toMatchObject({ allowed: false });
  });

  test("a deletion leaves the bucket, and takes access and Secret away", async () => {
    const receipts = {
      apiVersion: "platform.trimtab.dev/v1alpha1",
      kind: "XBucket",
      metadata: { namespace: "payments", name: "receipts" },
    };
    await plane.client.delete(receipts, { propagation: "Foreground" });
    await eventually("it to be gone", async () => (await plane.client.find(receipts)) === undefined, { seconds: 120 });
    expect(payments.composed("receipts")).toEqual({});
    const left = cloud.externals().filter(({ object }) => JSON.stringify(object).includes("receipts"));
    expect(new Set(left.map(({ object }) => object["kind"]))).toContain("Bucket");
    expect(new Set(left.map(({ object }) => object["kind"]))).not.toContain("Role");
  });
});

/** Whether a managed resource is there, and as it should be. */
function isReady(object: JsonObject | undefined): boolean {
  const { conditions = [] } = (object?.["status"] ?? {}) as { readonly conditions?: readonly JsonObject[] };
  return conditions.some(({ type, status }) => type === "Ready" && status === "True");
}

function documentOf(policy: { readonly spec?: unknown } | undefined): string | undefined {
  const { forProvider } = (policy?.spec ?? {}) as { readonly forProvider?: { readonly policy?: string } };
  return forProvider?.policy;
}

/** The Secrets of services, with all that is in them. */
function secretsOf({ hub }: InstalledPlane): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    hub
      .objects()
      .filter(({ kind, metadata }) => kind === "Secret" && metadata.namespace !== "crossplane-system")
      .map(({ metadata, ...secret }) => [`${metadata.namespace}/${metadata.name} ${metadata.uid}`, secret["data"]]),
  );
}

/** Installs a version of the Configuration and of what it depends on, and waits until the new functions answer. */
async function install({ client, kubelet }: InstalledPlane, version: Version): Promise<void> {
  const configuration = {
    apiVersion: "pkg.crossplane.io/v1",
    kind: "Configuration",
    metadata: { name: CONFIGURATION },
  };
  const functions: readonly PackageName[] = ["function-bucket", "function-identity"];
  for (const name of functions) {
    const fn = { apiVersion: "pkg.crossplane.io/v1", kind: "Function", metadata: { name: `trimtab-${name}` } };
    await client.merge(fn, { spec: { package: `${PUBLISHED[name]}:${version}` } });
  }
  await client.merge(configuration, { spec: { package: `${PUBLISHED["configuration-xbucket"]}:${version}` } });
  for (const name of functions) {
    const fn = { apiVersion: "pkg.crossplane.io/v1", kind: "Function", metadata: { name: `trimtab-${name}` } };
    await eventually(`${name} ${version}`, async () => {
      const { status } = await client.read(fn);
      return (status as { readonly currentIdentifier?: string } | undefined)?.currentIdentifier?.endsWith(
        `:${version}`,
      );
    });
    await conditionsTrue(client, fn, ["Installed", "Healthy"], 120);
    await eventually(`the pod of ${name}`, () => kubelet.pod(`trimtab-${name}`)?.isReady);
  }
  await conditionsTrue(client, configuration, ["Installed", "Healthy"], 120);
}

/** Waits until XRs and claims are as they should be, having been composed by what is installed now. */
async function everythingReady({ client, crossplane }: InstalledPlane, payments: Service): Promise<void> {
  const composites = [
    ["XBucket", "receipts"],
    ["XBucketClaim", "invoices"],
  ] as const;
  for (const [kind, name] of composites) {
    const calls = await crossplane.metric(CALLS);
    const object = { apiVersion: "platform.trimtab.dev/v1alpha1", kind, metadata: { namespace: "payments", name } };
    // An XR is composed again when its TTL ends, or when it is touched.
    await client.merge(object, { metadata: { annotations: { "example.org/touched": new Date().toISOString() } } });
    await eventually("the function to be called", async () => (await crossplane.metric(CALLS)) > calls);
    await payments.ready(object);
  }
}

/** How often Crossplane has had an answer of a function. */
const CALLS = "function_run_function_response_total";
