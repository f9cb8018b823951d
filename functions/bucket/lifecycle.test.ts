import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { bucket } from "./function.js";
import { composite, input, reconciled, xbucket } from "./testing.js";

const rulesOf = (...lifecycle: readonly object[]) => {
  const { desired } = run(bucket, { xr: xbucket({}, { lifecycle }), input });
  return desired.lifecycle?.spec.forProvider.rule ?? [];
};
const ruleOf = (rule: object) => {
  const [only] = rulesOf(rule);
  const { id: _, ...rest } = only ?? {};
  return rest;
};
const everything = [{ prefix: "" }];

describe("each form of a rule", () => {
  const cases: Record<string, { rule: object; is: object }> = {
    "objects with a prefix expire": {
      rule: { prefix: "tmp/", expireAfterDays: 7 },
      is: { filter: [{ prefix: "tmp/" }], expiration: [{ days: 7 }] },
    },
    "all objects expire": { rule: { expireAfterDays: 7 }, is: { filter: everything, expiration: [{ days: 7 }] } },
    "objects with a tag expire": {
      rule: { tags: { class: "scratch" }, expireAfterDays: 1 },
      is: { filter: [{ tag: [{ key: "class", value: "scratch" }] }], expiration: [{ days: 1 }] },
    },
    "objects with several tags expire": {
      rule: { tags: { class: "scratch", team: "core" }, expireAfterDays: 1 },
      is: { filter: [{ and: [{ tags: { class: "scratch", team: "core" } }] }], expiration: [{ days: 1 }] },
    },
    "objects with a prefix and a tag expire": {
      rule: { prefix: "a/", tags: { class: "scratch" }, expireAfterDays: 1 },
      is: { filter: [{ and: [{ prefix: "a/", tags: { class: "scratch" } }] }], expiration: [{ days: 1 }] },
    },
    "objects move to other storage, some at once": {
      rule: {
        transitions: [
          { afterDays: 0, storageClass: "INTELLIGENT_TIERING" },
          { afterDays: 90, storageClass: "GLACIER" },
        ],
      },
      is: {
        filter: everything,
        transition: [
          { days: 0, storageClass: "INTELLIGENT_TIERING" },
          { days: 90, storageClass: "GLACIER" },
        ],
      },
    },
    "old versions expire": {
      rule: { noncurrent: { expireAfterDays: 30 } },
      is: { filter: everything, noncurrentVersionExpiration: [{ noncurrentDays: 30 }] },
    },
    "old versions expire but for some": {
      rule: { noncurrent: { expireAfterDays: 30, keep: 3 } },
      is: {
        filter: everything,
        noncurrentVersionExpiration: [{ noncurrentDays: 30, newerNoncurrentVersions: 3 }],
      },
    },
    "old versions move to other storage": {
      rule: { noncurrentTransitions: [{ afterDays: 30, storageClass: "STANDARD_IA" }] },
      is: {
        filter: everything,
        noncurrentVersionTransition: [{ noncurrentDays: 30, storageClass: "STANDARD_IA" }],
      },
    },
    "delete markers without versions go": {
      rule: { expireDeleteMarkers: true },
      is: { filter: everything, expiration: [{ expiredObjectDeleteMarker: true }] },
    },
    "unfinished uploads go": {
      rule: { prefix: "in/", abortUploadsAfterDays: 2 },
      is: { filter: [{ prefix: "in/" }], abortIncompleteMultipartUpload: [{ daysAfterInitiation: 2 }] },
    },
  };
  test.each(Object.entries(cases))("%s", (_, { rule, is }) =>
    expect(ruleOf(rule)).toEqual({ status: "Enabled", ...is }),
  );

  test("one rule may do several things", () => {
    const rule = {
      prefix: "logs/",
      expireAfterDays: 365,
      transitions: [{ afterDays: 30, storageClass: "STANDARD_IA" }],
      noncurrent: { expireAfterDays: 10 },
      abortUploadsAfterDays: 1,
    };
    expect(Object.keys(ruleOf(rule)).toSorted()).toEqual([
      "abortIncompleteMultipartUpload",
      "expiration",
      "filter",
      "noncurrentVersionExpiration",
      "status",
      "transition",
    ]);
  });

  test("without rules there is no configuration, and one that was there goes", () => {
    const observed = { lifecycle: { spec: { forProvider: {} } } } as never;
    const { desired, removed } = run(bucket, { xr: xbucket(), input, observed });
    expect([desired.lifecycle, removed]).toEqual([undefined, ["lifecycle"]]);
  });
});

describe("ids", () => {
  const days = { expireAfterDays: 7 };
  test("stay with their rules when the order changes", () => {
    const rules = [{ prefix: "a/", ...days }, { prefix: "b/", ...days }, { name: "b", ...days }, days];
    const byId = (list: readonly object[]) =>
      Object.fromEntries(rulesOf(...list).map((rule) => [rule.id, rule.filter]));
    expect(byId(rules.toReversed())).toEqual(byId(rules));
    expect(Object.keys(byId(rules))).toHaveLength(4);
  });

  const alike: Record<string, readonly [object, object]> = {
    "a name, and a prefix that says the same": [{ name: "a" }, { prefix: "a" }],
    "a name and a prefix, and a prefix that says both": [{ name: "a", prefix: "b" }, { prefix: "a:b" }],
    "all objects, and a prefix that is called so": [{}, { prefix: "all" }],
    "long prefixes that differ at their ends": [
      { prefix: `${"a".repeat(400)}/1/` },
      { prefix: `${"a".repeat(400)}/2/` },
    ],
    "prefixes that differ beyond ASCII": [{ prefix: "é/" }, { prefix: "è/" }],
  };
  test.each(Object.entries(alike))("differ, and are not too long: %s", (_, [one, other]) => {
    const ids = rulesOf({ ...one, ...days }, { ...other, ...days }).map(({ id }) => id ?? "");
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id.length).toBeLessThanOrEqual(255);
  });
});

describe("refused, with field, value and remedy", () => {
  const messageOf = (rule: object) => {
    const spec = { region: "eu-west-1", lifecycle: [{ prefix: "", name: "", expireDeleteMarkers: false, ...rule }] };
    const { results, resources } = reconciled({ xr: composite(spec) });
    expect(resources).toEqual({});
    return results[0]?.message;
  };
  const cases: Record<string, { rule: object; says: string }> = {
    "infrequent access before 30 days": {
      rule: { transitions: [{ afterDays: 7, storageClass: "STANDARD_IA" }] },
      says: "spec.lifecycle[0].transitions[0].afterDays 7 is too soon for STANDARD_IA: use 30 or more",
    },
    "infrequent access of old versions before 30 days": {
      rule: { noncurrentTransitions: [{ afterDays: 29, storageClass: "ONEZONE_IA" }] },
      says: "spec.lifecycle[0].noncurrentTransitions[0].afterDays 29 is too soon for ONEZONE_IA: use 30 or more",
    },
    "a transition of what has expired": {
      rule: { expireAfterDays: 90, transitions: [{ afterDays: 90, storageClass: "GLACIER" }] },
      says: "spec.lifecycle[0].transitions[0].afterDays 90 is not before objects expire, after 90 days: use less",
    },
    "a transition of old versions that have expired": {
      rule: {
        noncurrent: { expireAfterDays: 40 },
        noncurrentTransitions: [{ afterDays: 60, storageClass: "GLACIER" }],
      },
      says: "spec.lifecycle[0].noncurrentTransitions[0].afterDays 60 is not before objects expire, after 40 days: use less",
    },
    "delete markers by tags": {
      rule: { tags: { a: "b" }, expireDeleteMarkers: true },
      says: "spec.lifecycle[0].expireDeleteMarkers cannot go with tags: leave the tags out",
    },
    "uploads by tags": {
      rule: { tags: { a: "b" }, abortUploadsAfterDays: 1 },
      says: "spec.lifecycle[0].abortUploadsAfterDays cannot go with tags: put it into a rule without them",
    },
    "a tag that S3 does not take": {
      rule: { tags: { "": "b" }, expireAfterDays: 1 },
      says: 'spec.lifecycle[0].tags: the key "" is not allowed: use 1 to 128 letters, digits, spaces and _.:/=+-@, not beginning with aws:',
    },
  };
  test.each(Object.entries(cases))("%s", (_, { rule, says }) => expect(messageOf(rule)).toBe(says));

  test("at admission: a rule that does nothing, and one that does what S3 takes apart alone", () => {
    expect(() => rulesOf({ prefix: "a/" })).toThrow(/spec\.lifecycle\[0\].*a rule must do something/);
    expect(() => rulesOf({ expireDeleteMarkers: true, expireAfterDays: 1 })).toThrow(
      /expireDeleteMarkers cannot go with expireAfterDays/,
    );
    expect(() => rulesOf({ prefix: "a/", expireAfterDays: 1 }, { prefix: "a/", expireAfterDays: 2 })).toThrow(
      /spec\.lifecycle/,
    );
  });
});
