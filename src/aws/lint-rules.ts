import { danger } from "./dangerous-actions.js";
import { missingConditions, unlistedConditions } from "./lint-conditions.js";
import { conditionHits, type Hit, hits, type LintRule } from "./lint-rule.js";
import { beyond } from "./meant-policy.js";
import { type ReadPrincipal, sameKey } from "./read-policy.js";
import { prefixEscapes, WILD, wildResource } from "./resource-reach.js";

/** What a statement that allows something is looked at for, the most telling first. */
export const STATEMENT_RULES = [
  {
    name: "inverted-element",
    why: "allows everything but what it names",
    remedy: "name what is allowed",
    find: ({ inverted }) => inverted,
  },
  {
    name: "dangerous-action",
    uses: ["managed", "bucket"],
    why: "does more than use a bucket",
    remedy: "leave it to the platform",
    find: ({ actions }) =>
      hits("Action", actions)
        .map((hit) => ({ ...hit, why: danger(hit.value) }))
        .filter(({ why }) => why !== undefined),
  },
  {
    name: "wildcard-action",
    why: "allows actions that nobody listed, those that AWS has yet to add included",
    remedy: "name each action",
    find: ({ actions }, { use }) =>
      hits(
        "Action",
        actions.filter((action) => WILD.test(action) && !(use === "managed" && READS_SETTINGS.test(action))),
      ),
  },
  {
    name: "policy-variable",
    why: "is filled in when a request is made, with what the caller may choose",
    remedy: "write the value itself",
    find: ({ resources, principals, conditions }) => [
      ...hits("Resource", resources.filter(variable)),
      ...principalHits(principals.filter(({ value }) => variable(value))),
      ...conditions.flatMap((condition) => conditionHits(condition, condition.values.filter(variable))),
    ],
  },
  {
    name: "wildcard-resource",
    why: "is more than one bucket or key",
    remedy: "write the ARN of one",
    find: ({ resources }) => hits("Resource", resources.filter(wildResource)),
  },
  {
    name: "prefix-escape",
    why: "reaches beyond its prefix",
    remedy: 'write the prefix literally, without "." and "..", and end it in "/*"',
    find: prefixEscapes,
  },
  {
    name: "everyone",
    uses: ["trust", "bucket"],
    why: "is anyone, of any account",
    remedy: "name the one who shall",
    find: ({ principals }) => principalHits(principals.filter(({ value }) => WILD.test(value))),
  },
  {
    name: "passes-when-absent",
    why: "is true of a request that does not send the key",
    remedy: "compare with StringEquals, or StringLike for s3:prefix",
    find: ({ conditions }) =>
      conditions
        .filter(({ operator, values }) => trueOfNothing(operator, values))
        .flatMap((condition) => conditionHits(condition, condition.values)),
  },
  {
    name: "loose-condition",
    why: "is true of more than one value",
    remedy: "compare one value with StringEquals",
    find: ({ conditions }) =>
      conditions
        .filter(({ key }) => !sameKey(key, "s3:prefix"))
        .flatMap(({ operator, key, values }) =>
          conditionHits(
            { operator, key },
            values.filter((value) => /ignorecase/i.test(operator) || (/like|^arn/i.test(operator) && WILD.test(value))),
          ),
        ),
  },
  {
    name: "missing-condition",
    why: "is not asked for",
    remedy: "add the condition",
    find: missingConditions,
  },
  {
    name: "lists-outside-prefix",
    uses: ["managed"],
    why: "lists keys outside the prefix",
    remedy: "ask for s3:prefix, and leave ListBucketMultipartUploads out, which does not know it",
    find: unlistedConditions,
  },
  {
    name: "bucket-grant",
    uses: ["bucket"],
    why: "grants the bucket by its own policy, past those of the identities",
    remedy: "grant it to the identity",
    find: ({ effect }, { meant }) => (meant ? [{ field: "Effect", value: effect }] : []),
  },
  {
    name: "unexpected-action",
    uses: ["managed", "trust"],
    why: "is not among the actions that are meant",
    remedy: "leave it out, or ask for the mode that has it",
    find: (statement, { meant }) => beyond(statement, meant, ({ actions }) => hits("Action", actions)),
  },
  {
    name: "unexpected-resource",
    uses: ["managed"],
    why: "is not the bucket, prefix or key that is meant",
    remedy: "write the one that is",
    find: (statement, { meant }) => beyond(statement, meant, ({ resources }) => hits("Resource", resources)),
  },
  {
    name: "foreign-principal",
    uses: ["trust"],
    why: "is not who is meant",
    remedy: "trust the cluster's own, of its account and partition",
    find: (statement, { meant }) => beyond(statement, meant, ({ principals }) => principalHits(principals)),
  },
  {
    name: "unexpected-condition",
    uses: ["managed", "trust"],
    why: "is not the value that is meant",
    remedy: "compare with that one alone",
    find: ({ conditions }, { meant }) =>
      conditions.flatMap(({ operator, key, values }) => {
        const right = meant?.flatMap((statement) => statement.conditions).filter((one) => sameKey(one.key, key));
        if (!right?.length) return [];
        const allowed = right.flatMap((condition) => condition.values);
        return conditionHits(
          { operator, key },
          values.filter((value) => !allowed.includes(value)),
        );
      }),
  },
] as const satisfies readonly LintRule[];

/** The one wildcard that access to a bucket has: reading its settings, which Admin may. */
const READS_SETTINGS = /^s3:GetBucket\*$/i;

function variable(value: string): boolean {
  return value.includes("${");
}

function principalHits(principals: readonly ReadPrincipal[]): readonly Hit[] {
  return principals.map(({ type, value }) => ({ field: type === "*" ? "Principal" : `Principal ${type}`, value }));
}

/** Operators that hold where the key is absent (IAM User Guide, condition operators and multivalued keys). */
function trueOfNothing(operator: string, values: readonly string[]): boolean {
  if (/^null$/i.test(operator)) return values.some((value) => value.toLowerCase() === "true");
  return /ifexists$|^forallvalues:|not/i.test(operator);
}
