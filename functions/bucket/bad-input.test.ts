import { runner } from "trimtab/serve";
import { run } from "trimtab/testing";
import { encodeResponse } from "trimtab/wire";
import { describe, expect, test } from "vitest";
import { externalName } from "../platform/external-name.js";
import { bucket } from "./function.js";
import { composite, input, reconciled, xbucket } from "./testing.js";

// What AWS or Kubernetes would refuse, past an admission that may have been looser once: each is a result that a developer can
// act on, with field, value and remedy, and nothing changes.

const variable = (name: string) => `$\{${name}}/`;
const keyOf = (account: string, region = "eu-west-1") =>
  `arn:aws:kms:${region}:${account}:key/0b0cd1f4-6a33-4f0e-9a52-6d1f3f2d8f10`;
const encryptedBy = (keyArn: string) => ({ encryption: { kms: { keyArn } } });
const consumer = (more: object) => ({ consumers: [{ serviceAccount: "api", access: "Read", ...more }] });
const compose = (spec: object, platform: object = {}) =>
  reconciled({ xr: composite({ region: "eu-west-1", ...spec }), input: { ...input, ...platform } });
type Case = { readonly spec: object; readonly says: string | RegExp };

const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  "names that cannot be buckets": {
    "upper case": {
      spec: { bucketName: "Legacy-receipts" },
      says: /^spec\.bucketName: bucket name "Legacy-receipts" .*: use lower-case/,
    },
    "an IP address": {
      spec: { bucketName: "192.168.0.1" },
      says: /^spec\.bucketName: bucket name "192\.168\.0\.1" looks like an IP address: use letters$/,
    },
    dots: {
      spec: { bucketName: "legacy.receipts" },
      says: /^spec\.bucketName: bucket name "legacy\.receipts" holds a dot.*: use dashes$/,
    },
    "one that AWS reserves": {
      spec: { bucketName: "legacy-s3alias" },
      says: /^spec\.bucketName: bucket name "legacy-s3alias" ends in "-s3alias"/,
    },
    "too short": { spec: { bucketName: "ab" }, says: /^spec\.bucketName: bucket name "ab" is too short: use 3 to 63/ },
    "too long": {
      spec: { bucketName: "l".repeat(64) },
      says: /^spec\.bucketName: bucket name "l{64}" is too long: use 3 to 63/,
    },
    unicode: { spec: { bucketName: "légacy" }, says: /^spec\.bucketName: bucket name "légacy" .*: use lower-case/ },
    "where logs go": {
      spec: { logging: { targetBucket: "Logs", targetPrefix: "" } },
      says: /^spec\.logging\.targetBucket: bucket name "Logs" /,
    },
  },
  prefixes: {
    "a wildcard": {
      spec: consumer({ prefix: "in/*/" }),
      says: /^spec\.consumers\[0\]\.prefix: prefix "in\/\*\/" holds \*.*: write the prefix without/,
    },
    "another wildcard": {
      spec: consumer({ prefix: "in?/" }),
      says: /^spec\.consumers\[0\]\.prefix: prefix "in\?\/" holds/,
    },
    "a policy variable": {
      spec: consumer({ prefix: variable("aws:PrincipalTag/team") }),
      says: /^spec\.consumers\[0\]\.prefix: prefix "\$\{aws:PrincipalTag\/team\}\/" holds .*\$/,
    },
    "a way out": {
      spec: consumer({ prefix: "in/../" }),
      says: /^spec\.consumers\[0\]\.prefix: prefix "in\/\.\.\/" holds a segment/,
    },
    "a lone surrogate": { spec: consumer({ prefix: "\ud800/" }), says: /^spec\.consumers\[0\]\.prefix: / },
    "a line end": {
      spec: consumer({ prefix: "in\n/" }),
      says: /^spec\.consumers\[0\]\.prefix: prefix "in\\n\/" holds a control character/,
    },
    "6,144 characters of policy": {
      spec: consumer({ access: "Admin", prefix: `${"é".repeat(511)}/` }),
      says: /^spec\.consumers\[0\]\.prefix: .* has [67][0-9]{3} characters and AWS takes 6144; grant less, shorten what is named in it/,
    },
  },
  "regions and keys": {
    "a region that is not offered": {
      spec: { region: "us-east-1" },
      says: "spec.region us-east-1 is not offered here: choose eu-west-1 or eu-central-1",
    },
    "a region that is none": { spec: { region: "eu-wëst-1" }, says: /^spec\.region: .*eu-wëst-1/ },
    "a key of another account": {
      spec: encryptedBy(keyOf("999999999999")),
      says: "spec.encryption.kms.keyArn: the key is of the account 999999999999: name one of 123456789012",
    },
    "a key of another region": {
      spec: encryptedBy(keyOf("123456789012", "us-east-1")),
      says: /^spec\.encryption\.kms\.keyArn: .*us-east-1.*eu-west-1/,
    },
    "an alias": {
      spec: encryptedBy("arn:aws:kms:eu-west-1:123456789012:alias/receipts"),
      says: /^spec\.encryption\.kms\.keyArn: .*alias\/receipts/,
    },
    "every key": {
      spec: encryptedBy("arn:aws:kms:eu-west-1:123456789012:key/*"),
      says: /^spec\.encryption\.kms\.keyArn: .*key\/\*/,
    },
  },
  consumers: {
    "two with one Secret": {
      spec: {
        consumers: [
          { serviceAccount: "a", secretName: "s" },
          { serviceAccount: "b", secretName: "s" },
        ],
      },
      says: "spec.consumers[1].secretName s is already the Secret of spec.consumers[0]: choose another",
    },
    "one whose Secret is the default of another": {
      spec: { consumers: [{ serviceAccount: "a" }, { serviceAccount: "b", secretName: "receipts-a" }] },
      says: "spec.consumers[1].secretName receipts-a is already the Secret of spec.consumers[0]: choose another",
    },
    "unicode in a ServiceAccount": {
      spec: consumer({ serviceAccount: "äpi" }),
      says: /^spec\.consumers\[0\]\.serviceAccount "äpi" is not a name: use lower-case letters/,
    },
    "unicode in a Secret's name": {
      spec: consumer({ secretName: "🪣" }),
      says: /^spec\.consumers\[0\]\.secretName "🪣" is not a name: use lower-case letters/,
    },
    "an identity that is none": {
      spec: consumer({ identity: { name: "Shared!" } }),
      says: /^spec\.consumers\[0\]\.identity\.name "Shared!" is not a name: use/,
    },
    "an identity and credentials": {
      spec: consumer({ identity: { name: "shared" }, credentials: "IRSA" }),
      says: "spec.consumers[0].credentials IRSA cannot go with identity, which has its own: leave one of them out",
    },
    "three access keys": {
      spec: consumer({ credentials: "AccessKey", accessKeys: ["1", "2", "3"] }),
      says: "spec.consumers[0].accessKeys has 3 names, and a user has one or two keys: name one, or two that differ",
    },
    "one access key twice": {
      spec: consumer({ credentials: "AccessKey", accessKeys: ["1", "1"] }),
      says: /^spec\.consumers\[0\]\.accessKeys .*two that differ$/,
    },
    "no access key": {
      spec: consumer({ credentials: "AccessKey", accessKeys: [] }),
      says: /^spec\.consumers\[0\]\.accessKeys has 0 names/,
    },
  },
};
describe.each(Object.entries(cases))("refused: %s", (_, table) => {
  test.each(Object.entries(table))("%s", (_, { spec, says }) => {
    const { results, resources, removed } = compose(spec, { adoptable: ["*"] });
    expect(results.map(({ severity }) => severity)).toEqual(["Fatal"]);
    if (typeof says === "string") expect(results[0]?.message).toBe(says);
    expect(results[0]?.message).toMatch(says);
    expect([resources, removed]).toEqual([{}, []]);
  });
});

describe("refused: what the platform wrote", () => {
  const remedy = "use 1 to 128 letters, digits, spaces and _.:/=+-@, not beginning with aws:";
  const platforms: Record<string, { platform: object; says: string }> = {
    "a tag of AWS's own": {
      platform: { tags: { "AWS:team": "a" } },
      says: `input.tags: the key "AWS:team" is not allowed: ${remedy}`,
    },
    "a tag without a key": {
      platform: { tags: { "": "a" } },
      says: `input.tags: the key "" is not allowed: ${remedy}`,
    },
    "a tag with a long key": {
      platform: { tags: { ["k".repeat(129)]: "a" } },
      says: `input.tags: the key "${"k".repeat(60)}…" is not allowed: ${remedy}`,
    },
    "a key that holds what AWS does not take": {
      platform: { tags: { "team#1": "a" } },
      says: `input.tags: the key "team#1" is not allowed: ${remedy}`,
    },
    "a value that holds what AWS does not take": {
      platform: { tags: { team: "a,b" } },
      says: 'input.tags: the key "team" has the value "a,b": use at most 256 letters, digits, spaces and _.:/=+-@',
    },
    "two keys that IAM takes for one": {
      platform: { tags: { team: "a", Team: "b" } },
      says: 'input.tags: the key "Team" is "team" but for its case: leave it out',
    },
    "a key that IAM takes for ours": {
      platform: { tags: { "Trimtab.dev/Owner": "me" } },
      says: 'input.tags: the key "Trimtab.dev/Owner" is "trimtab.dev/owner" but for its case: leave it out',
    },
    "a permissions boundary that is none": {
      platform: { permissionsBoundary: "boundary" },
      says: "input.permissionsBoundary boundary is not the ARN of a policy: write arn:<partition>:iam::<account>:policy/<name>",
    },
  };
  test.each(Object.entries(platforms))("%s", (_, { platform, says }) => {
    const { results, resources } = compose({}, platform);
    expect(results.map(({ message }) => message)).toEqual([says]);
    expect(resources).toEqual({});
  });
});

describe("taken, though it looks odd", () => {
  test("a key of an account that the platform allows", () => {
    expect(compose(encryptedBy(keyOf("999999999999")), { keyAccounts: ["999999999999"] }).results).toEqual([]);
  });
  test("tags in any script, and our own key, which stays ours", () => {
    const tags = { Kostenträger: "Zürich 12", "team:name": "a/b=c+d-e@f", empty: "", "trimtab.dev/owner": "me" };
    const { results, resources } = compose({}, { tags });
    expect(results).toEqual([]);
    expect(resources["bucket"]).toHaveProperty("spec.forProvider.tags", {
      ...tags,
      "trimtab.dev/owner": "XBucket/payments/receipts",
      "trimtab.dev/cluster": input.cluster.arn,
    });
  });
  test("a prefix in any script: the policy is ASCII, and means the same", () => {
    const { resources } = compose(consumer({ prefix: "Größe/😀/" }));
    const { policy } = (resources["consumers/api/policy"] as unknown as { spec: { forProvider: { policy: string } } })
      .spec.forProvider;
    expect(policy).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(policy)).toHaveProperty("Statement.0.Condition.StringLike", { "s3:prefix": "Größe/😀/*" });
  });
  test("an XBucket whose name is longer than a bucket's may be", () => {
    const metadata = { ...xbucket().metadata, name: "r".repeat(253) };
    const name = externalName(
      reconciled({ xr: composite({ region: "eu-west-1" }, "XBucket", metadata) }).resources["bucket"],
    );
    expect(name).toMatch(/^payments-r+-[a-z2-7]{12}$/);
    expect(name).toHaveLength(63);
  });
});

test("the XR of a claim without a claim is refused: there is no namespace to compose into", () => {
  const { results, resources } = reconciled({
    xr: composite({ region: "eu-west-1" }, "LegacyXBucket", { name: "receipts", uid: "1" }),
  });
  expect(results.map(({ message }) => message)).toEqual([
    "LegacyXBucket receipts has no claim, and so no namespace to compose into: write an XBucketClaim instead",
  ]);
  expect(resources).toEqual({});
});

test("all that is wrong is said at once", () => {
  const spec = { region: "us-east-1", bucketName: "Receipts", ...consumer({ prefix: "in" }) };
  expect(compose(spec).results[0]?.message?.match(/spec\.[a-zA-Z0-9[\].]+/g)).toEqual([
    "spec.region",
    "spec.bucketName",
    "spec.consumers[0].prefix",
  ]);
});

describe("many consumers", () => {
  const consumers = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ serviceAccount: `api-${index}` }));
  test("50 are admitted, 51 are not", () => {
    const admit = (count: number) => run(bucket, { xr: xbucket({}, { consumers: consumers(count) }), input });
    expect(Object.keys(admit(50).resources)).toHaveLength(6 + 50 * 4);
    expect(() => admit(51)).toThrow(/spec\.consumers.*50/);
  });

  /** What Crossplane is answered first; past admission, and with the longest policies that there are. */
  const answer = (count: number) => {
    const prefix = `${"é".repeat(300)}/`;
    const all = consumers(count).map((each) => ({ ...each, access: "Admin", prefix }));
    const xr = composite({ region: "eu-west-1", consumers: all });
    return runner(bucket)({ observed: { composite: { resource: xr } }, input } as never);
  };
  const maxBytes = 4 * 1024 * 1024;

  test("50 are far below what Crossplane receives", () => {
    const { length } = encodeResponse(answer(50), { maxBytes });
    expect(length).toBeGreaterThan(100_000);
    expect(length).toBeLessThan(maxBytes / 4);
  });

  test("a thousand past admission are answered soon; what Crossplane could not receive is refused, with what is largest", () => {
    const started = performance.now();
    const response = answer(1_000);
    expect(Object.keys(response.desired?.resources ?? {}).length).toBeGreaterThan(3_000);
    expect(() => encodeResponse(response, { maxBytes })).toThrow(
      /has [0-9]+ bytes, above the limit of 4194304 .*: of its [0-9]+ desired resources the largest are "consumers\/api-[0-9]+\/policy" \([0-9]+ bytes\)/,
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
