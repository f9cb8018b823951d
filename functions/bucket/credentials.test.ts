import { decodeBase64, type Resource } from "trimtab";
import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { ready } from "../platform/testing.js";
import { bucket } from "./function.js";
import { input, key, roleArn, safe, secret, working, xbucket } from "./testing.js";

const observed = (api: object) => ({ ...safe, consumers: { api } }) as never;
const textOf = (made: { readonly data?: Readonly<Record<string, string>> } | undefined) =>
  Object.fromEntries(Object.entries(made?.data ?? {}).map(([name, value]) => [name, decodeBase64(value)]));
const api = (
  given: Parameters<typeof run<(typeof bucket.composite)[0], typeof bucket.input, typeof bucket.composes>>[1],
) => {
  const outcome = run(bucket, given);
  return { ...outcome, api: outcome.desired.consumers["api"] };
};
const composedBy = ({ resources }: { readonly resources: Readonly<Record<string, Resource>> }) =>
  Object.keys(resources).filter((name) => name.startsWith("consumers/"));

describe("each kind of credentials", () => {
  test("PodIdentity: a role, an association, and the role's ARN in the Secret", () => {
    const outcome = api({
      xr: xbucket({ credentials: "PodIdentity" }),
      input,
      observed: observed(working.PodIdentity),
    });
    expect(composedBy(outcome)).toEqual([
      "consumers/api/podIdentity/association",
      "consumers/api/podIdentity/attachment",
      "consumers/api/podIdentity/role",
      "consumers/api/policy",
      "consumers/api/secret",
    ]);
    expect(textOf(outcome.api?.secret)).toMatchObject({ "role-arn": roleArn });
    expect(textOf(outcome.api?.secret)).not.toHaveProperty("AWS_ROLE_ARN");
  });

  test("IRSA: a role that trusts the ServiceAccount's tokens alone", () => {
    const outcome = api({ xr: xbucket({ credentials: "IRSA" }), input, observed: observed(working.IRSA) });
    expect(composedBy(outcome)).toEqual([
      "consumers/api/irsa/attachment",
      "consumers/api/irsa/role",
      "consumers/api/policy",
      "consumers/api/secret",
    ]);
    const trust = JSON.parse(outcome.api?.irsa.role?.spec.forProvider.assumeRolePolicy ?? "{}");
    const issuer = input.cluster.issuer;
    expect(trust.Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: "system:serviceaccount:payments:api",
          },
        },
      },
    ]);
  });

  test("AccessKey: a user and a key, whose two halves are in the Secret", () => {
    const outcome = api({ xr: xbucket({ credentials: "AccessKey" }), input, observed: observed(working.AccessKey) });
    expect(composedBy(outcome)).toEqual([
      "consumers/api/accessKeys/attachment",
      "consumers/api/accessKeys/keys/1/key",
      "consumers/api/accessKeys/user",
      "consumers/api/policy",
      "consumers/api/secret",
    ]);
    expect(textOf(outcome.api?.secret)).toMatchObject({
      AWS_ACCESS_KEY_ID: "AKIAFAKE1",
      AWS_SECRET_ACCESS_KEY: "fake-secret-1",
      "access-key-id": "AKIAFAKE1",
      "secret-access-key": "fake-secret-1",
    });
    expect(outcome.api?.accessKeys.keys["1"]?.key?.spec.writeConnectionSecretToRef?.name).toBe(
      outcome.api?.accessKeys.keys["1"]?.key?.metadata?.name,
    );
    expect(outcome.status).not.toHaveProperty("consumers.0.roleArn");
  });

  test("a blank half of a key is no key, and the Secret stays as it was", () => {
    const before = {
      ...working.AccessKey,
      secret: secret({ "access-key-id": "AKIAFAKE1", "secret-access-key": "fake-secret-1" }),
    };
    const blanked = {
      ...before,
      accessKeys: {
        ...before.accessKeys,
        keys: { "1": { key: { ...key("1").key, connection: { username: "", password: "" } } } },
      },
    };
    const outcome = api({ xr: xbucket({ credentials: "AccessKey" }), input, observed: observed(blanked) });
    expect(outcome.waiting).toEqual({ "consumers/api/secret": "the access key 1 of api" });
    expect(textOf(outcome.api?.secret)).toEqual({ "access-key-id": "AKIAFAKE1", "secret-access-key": "fake-secret-1" });
    expect(outcome.removed).toEqual([]);
  });

  test("the platform's default holds where nothing is said, and what it does not allow is refused", () => {
    const platform = { ...input, credentials: { default: "IRSA", allowed: ["IRSA"] } } as const;
    expect(composedBy(api({ xr: xbucket(), input: platform }))).toContain("consumers/api/irsa/role");
    const refused = api({ xr: xbucket({ credentials: "AccessKey" }), input: platform });
    expect(refused.results[0]?.message).toBe(
      "spec.consumers[0].credentials AccessKey is not offered here: choose IRSA",
    );
    const { issuer: _, ...cluster } = input.cluster;
    expect(api({ xr: xbucket(), input: { ...platform, cluster } }).results[0]?.message).toMatch(
      /IRSA is not set up here: the platform's input lacks cluster\.issuer/,
    );
  });
});

/** The developer's own ServiceAccount, with the annotation for IRSA. */
const annotated: Resource = {
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { namespace: "payments", name: "api", annotations: { "eks.amazonaws.com/role-arn": roleArn } },
};

describe("a change of kind makes before it breaks", () => {
  const changes = {
    "PodIdentity to AccessKey": {
      from: "PodIdentity",
      to: "AccessKey",
      old: { "role-arn": roleArn },
      now: { "access-key-id": "AKIAFAKE1" },
      gone: ["association", "attachment", "role"].map((name) => `podIdentity/${name}`),
    },
    "AccessKey to PodIdentity": {
      from: "AccessKey",
      to: "PodIdentity",
      old: { "access-key-id": "AKIAFAKE1" },
      now: { "role-arn": roleArn },
      gone: ["accessKeys/attachment", "accessKeys/keys/1/key", "accessKeys/user"],
    },
    "AccessKey to IRSA": {
      from: "AccessKey",
      to: "IRSA",
      old: { "access-key-id": "AKIAFAKE1" },
      now: { "role-arn": roleArn },
      gone: ["accessKeys/attachment", "accessKeys/keys/1/key", "accessKeys/user"],
    },
  } as const;
  test.each(Object.entries(changes))("%s", (_, { from, to, old, now, gone }) => {
    const xr = xbucket({ credentials: to });
    const before = api({ xr, input, observed: observed({ ...working[from], secret: secret(old) }) });
    expect(before.removed, "the old stays while there is nothing new").toEqual([]);
    const made = api({ xr, input, observed: observed({ ...working[from], ...working[to], secret: secret(old) }) });
    expect(made.removed, "the old stays while the Secret holds it").toEqual([]);
    expect(textOf(made.api?.secret)).toMatchObject(now);
    const after = api({
      xr,
      input,
      observed: observed({ ...working[from], ...working[to], secret: secret(now) }),
      required: [annotated],
    });
    expect(after.removed).toEqual(gone.map((name) => `consumers/api/${name}`));
  });
});

test("the status does not go on naming the role of credentials that were changed", () => {
  const xr = {
    ...xbucket({ credentials: "AccessKey" }),
    status: { consumers: [{ serviceAccount: "api", roleArn, binding: { name: "receipts-api" } }] },
  };
  const { status } = api({
    xr: xr as never,
    input,
    observed: observed({ ...working.PodIdentity, secret: secret({ "role-arn": roleArn }) }),
  });
  expect(status).toMatchObject({ consumers: [{ serviceAccount: "api", binding: { name: "receipts-api" } }] });
  expect(JSON.stringify(status)).not.toContain(roleArn);
});

test("a key that is being deleted is not published, and the Secret stays as it was", () => {
  const dying = { key: { ...key("1").key, metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } } };
  const outcome = api({
    xr: xbucket({ credentials: "AccessKey" }),
    input,
    observed: observed({
      ...working.AccessKey,
      accessKeys: { ...working.AccessKey.accessKeys, keys: { "1": dying } },
    }),
  });
  expect(outcome.waiting).toEqual({ "consumers/api/secret": "the access key 1 of api" });
});

describe("many consumers", () => {
  const names = Array.from({ length: 50 }, (_, index) => `api-${index}`);
  const kindsOf = ["PodIdentity", "IRSA", "AccessKey"] as const;
  const consumers = {
    PodIdentity: names.map((serviceAccount) => ({ serviceAccount, credentials: "PodIdentity" as const })),
    IRSA: names.map((serviceAccount) => ({ serviceAccount, credentials: "IRSA" as const })),
    AccessKey: names.map((serviceAccount) => ({ serviceAccount, credentials: "AccessKey" as const })),
    mixed: names.map((serviceAccount, index) => ({
      serviceAccount,
      credentials: kindsOf[index % 3] ?? "IRSA",
      createServiceAccount: index % 2 === 0,
    })),
  };
  test.each(Object.entries(consumers))("%s: what they need of Crossplane is asked in a few calls", (_, consumers) => {
    const xr = { ...xbucket(), spec: { region: "eu-west-1", consumers } } as const;
    const seen = Object.fromEntries(consumers.map((each) => [each.serviceAccount, working[each.credentials]]));
    for (const observed of [{}, { ...safe, consumers: seen }]) {
      const { results, conditions } = run(bucket, { xr, input, observed: observed as never });
      expect(results).toEqual([]);
      expect(conditions.find(({ type }) => type === "IdentityReady")).toBeDefined();
    }
  });
});

describe("rotation of access keys", () => {
  const keys = (...ids: readonly string[]) => ({
    ...working.AccessKey.accessKeys,
    keys: Object.fromEntries(ids.map((id) => [id, key(id)])),
  });
  const held = (id: string) => secret({ "access-key-id": `AKIAFAKE${id}`, "secret-access-key": `fake-secret-${id}` });
  const rotate = (accessKeys: readonly string[], seen: object) =>
    api({
      xr: xbucket({ credentials: "AccessKey", accessKeys }),
      input,
      observed: observed({ policy: { status: ready }, ...seen }),
    });

  test("1. a second key is added: the Secret keeps the first until the second is there", () => {
    const outcome = rotate(["1", "2"], { accessKeys: keys("1"), secret: held("1") });
    expect(textOf(outcome.api?.secret)).toMatchObject({ "access-key-id": "AKIAFAKE1" });
    expect(outcome.waiting).toEqual({ "consumers/api/secret": "the access key 2 of api" });
  });
  test("2. the second is published, and the first still works", () => {
    const outcome = rotate(["1", "2"], { accessKeys: keys("1", "2"), secret: held("1") });
    expect(textOf(outcome.api?.secret)).toMatchObject({ "access-key-id": "AKIAFAKE2" });
    expect(outcome.removed).toEqual([]);
  });
  test("3. the first is taken out of the list, and goes", () => {
    const outcome = rotate(["2"], { accessKeys: keys("1", "2"), secret: held("2") });
    expect(outcome.removed).toEqual(["consumers/api/accessKeys/keys/1/key"]);
  });
  test("in one step: the first goes only once the Secret holds the second", () => {
    const outcome = rotate(["2"], { accessKeys: keys("1", "2"), secret: held("1") });
    expect(outcome.removed).toEqual([]);
    expect(outcome.waiting).toEqual({
      "consumers/api/accessKeys/keys/1": "the Secret to hold another access key than 1",
    });
    expect(textOf(outcome.api?.secret)).toMatchObject({ "access-key-id": "AKIAFAKE2" });
  });
  test("a Secret that cannot be read lets no key go", () => {
    expect(rotate(["2"], { accessKeys: keys("1", "2") }).removed).toEqual([]);
  });
  test("a key whose status is blanked is known by its external name", () => {
    const blanked = { ...keys("1", "2").keys, "1": { key: { ...key("1").key, status: undefined, connection: {} } } };
    expect(rotate(["2"], { accessKeys: { ...keys("1", "2"), keys: blanked }, secret: held("1") }).removed).toEqual([]);
  });
  test("a key that was never made goes at once", () => {
    const unmade = { "1": key("1"), "3": { key: { spec: {} } } };
    expect(rotate(["1"], { accessKeys: { ...keys("1"), keys: unmade }, secret: held("1") }).removed).toEqual([
      "consumers/api/accessKeys/keys/3/key",
    ]);
  });
});

describe("a ServiceAccount that is made", () => {
  test.each(["PodIdentity", "IRSA"] as const)("appears only once %s works", (credentials) => {
    const xr = xbucket({ credentials, createServiceAccount: true });
    const early = api({ xr, input });
    expect(early.api?.serviceAccount).toBeUndefined();
    expect(early.waiting).toMatchObject({ "consumers/api/serviceAccount": "the identity of api" });
    const made = api({ xr, input, observed: observed(working[credentials]) }).api?.serviceAccount;
    expect(made?.metadata?.name).toBe("api");
    expect(made?.metadata?.annotations?.["eks.amazonaws.com/role-arn"]).toBe(
      credentials === "IRSA" ? roleArn : undefined,
    );
  });
  test("is not made where nobody asks for it", () => {
    expect(composedBy(api({ xr: xbucket(), input, observed: observed(working.PodIdentity) }))).not.toContain(
      "consumers/api/serviceAccount",
    );
  });
});

describe("IdentityReady", () => {
  const conditionOf = (consumer: object, seen: object, required: readonly Resource[] = []) =>
    api({ xr: xbucket(consumer), input, observed: observed(seen), required }).conditions.find(
      ({ type }) => type === "IdentityReady",
    );
  const serviceAccount = (annotations: Readonly<Record<string, string>>) => [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: "payments", name: "api", annotations } },
  ];
  test("False until the association is ready", () => {
    expect(conditionOf({}, {})).toMatchObject({ status: "False", message: "api has no access yet", claim: true });
    expect(conditionOf({}, working.PodIdentity)).toMatchObject({ status: "True", reason: "Ready" });
  });
  test("IRSA: says which annotation the developer's own ServiceAccount needs", () => {
    const says = `the ServiceAccount api needs the annotation eks.amazonaws.com/role-arn: ${roleArn}`;
    expect(conditionOf({ credentials: "IRSA" }, working.IRSA)).toMatchObject({ status: "False", message: says });
    expect(
      conditionOf({ credentials: "IRSA" }, working.IRSA, serviceAccount({ "eks.amazonaws.com/role-arn": roleArn })),
    ).toMatchObject({ status: "True" });
  });
  test("AccessKey: once the Secret is there", () => {
    expect(conditionOf({ credentials: "AccessKey" }, working.AccessKey)).toMatchObject({
      status: "False",
      message: "api has no access key in its Secret yet",
    });
    const holds = (text: Readonly<Record<string, string>>) =>
      conditionOf({ credentials: "AccessKey" }, { ...working.AccessKey, secret: secret(text) });
    expect(holds({})).toMatchObject({ status: "False" });
    expect(holds({ "access-key-id": "AKIAFAKE1" })).toMatchObject({ status: "True" });
  });
  test("is not said where there are no consumers", () => {
    expect(
      run(bucket, { xr: { ...xbucket(), spec: { region: "eu-west-1" } }, input }).conditions.map(({ type }) => type),
    ).toEqual(["Composed"]);
  });
});

describe("a shared identity", () => {
  const identity = (status: object, serviceAccount = "api") => ({
    apiVersion: "platform.trimtab.dev/v1alpha1",
    kind: "XWorkloadIdentity",
    metadata: { namespace: "payments", name: "api" },
    spec: { serviceAccount },
    status,
  });
  const works = identity({
    role: { name: "payments-api", arn: roleArn },
    conditions: [{ type: "IdentityReady", status: "True" }],
  });
  const xr = xbucket({ identity: { name: "api" } });
  test("has its policy attached to the role that is there", () => {
    const outcome = api({
      xr,
      input,
      required: [works as never],
      observed: observed({
        policy: { status: ready },
        shared: { attachments: { "payments-api": { attachment: { status: ready } } } },
      }),
    });
    expect(composedBy(outcome)).toEqual([
      "consumers/api/policy",
      "consumers/api/secret",
      "consumers/api/shared/attachments/payments-api/attachment",
    ]);
    expect(outcome.api?.shared.attachments["payments-api"]?.attachment?.spec.forProvider).toMatchObject({
      role: "payments-api",
      policyArnRef: { name: outcome.api?.policy?.metadata?.name },
    });
    expect(textOf(outcome.api?.secret)).toMatchObject({ "role-arn": roleArn });
    expect(outcome.conditions.find(({ type }) => type === "IdentityReady")).toMatchObject({ status: "True" });
  });
  test("is waited for", () => {
    expect(api({ xr, input }).waiting).toMatchObject({ "consumers/api/shared": "the role of api" });
  });
  test("of another ServiceAccount is refused", () => {
    expect(api({ xr, input, required: [identity({}, "web") as never] }).results[0]?.message).toBe(
      "spec.consumers[0].identity.name: the XWorkloadIdentity api is of the ServiceAccount web, not api: name one of api",
    );
  });
  test("has credentials and a ServiceAccount of its own", () => {
    expect(
      api({ xr: xbucket({ identity: { name: "api" }, createServiceAccount: true }), input }).results[0]?.message,
    ).toBe("spec.consumers[0].createServiceAccount cannot go with identity: say it in the XWorkloadIdentity");
  });
});
