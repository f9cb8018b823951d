import { type Hit, type Lint } from "./lint-rule.js";
import { type PolicyUse } from "./policy.js";
import { type ReadStatement, sameKey } from "./read-policy.js";

/** The condition keys that a statement's actions or principals call for, and that it does not compare. */
export function missingConditions(statement: ReadStatement, { use }: Lint): readonly Hit[] {
  return DEMANDS.filter(({ uses }) => uses.includes(use)).flatMap(({ keys, why }) =>
    keys(statement)
      .filter((key) => !compares(statement, key))
      .map((key) => ({ field: "Condition", value: key, why })),
  );
}

/** The actions by which a statement lists keys that it has not narrowed to the prefix of the document's objects. */
export function unlistedConditions(statement: ReadStatement, { narrowed }: Lint): readonly Hit[] {
  if (!narrowed) return [];
  const open = compares(statement, "s3:prefix") ? UNNARROWABLE : [...UNNARROWABLE, ...LISTS];
  return statement.actions
    .filter((action) => open.includes(action.toLowerCase()))
    .map((value) => ({ field: "Action", value }));
}

const LISTS = ["s3:listbucket", "s3:listbucketversions"];
const UNNARROWABLE = ["s3:listbucketmultipartuploads"];

interface Demand {
  readonly uses: readonly PolicyUse[];
  readonly why: string;
  /** The keys that a statement must compare; none if it is not concerned. */
  readonly keys: (statement: ReadStatement) => readonly string[];
}

const POD_IDENTITY = "pods.eks.amazonaws.com";
const POD_IDENTITY_KEYS = [
  "aws:SourceAccount",
  "aws:RequestTag/eks-cluster-arn",
  "aws:RequestTag/kubernetes-namespace",
  "aws:RequestTag/kubernetes-service-account",
];

const DEMANDS: readonly Demand[] = [
  {
    uses: ["managed"],
    why: "is not asked for, so the key serves outside S3 too",
    keys: ({ actions }) => (actions.some((action) => /^kms:/i.test(action)) ? ["kms:ViaService"] : []),
  },
  {
    uses: ["managed"],
    why: "is not asked for, so the role can be passed to any service",
    keys: ({ actions }) => (actions.some((action) => /^iam:PassRole$/i.test(action)) ? ["iam:PassedToService"] : []),
  },
  {
    uses: ["trust"],
    why: "is not asked for, so other associations of EKS Pod Identity can use the role",
    keys: ({ principals }) => (principals.some(({ value }) => value === POD_IDENTITY) ? POD_IDENTITY_KEYS : []),
  },
  {
    uses: ["trust"],
    why: "is not asked for, so other tokens of the issuer can use the role",
    keys: ({ principals }) =>
      principals.filter(({ type }) => type === "Federated").flatMap(({ value }) => tokenKeys(value)),
  },
  {
    uses: ["bucket"],
    why: "is not asked for, so the service acts for any account",
    keys: ({ principals }) => (principals.some(({ type }) => type === "Service") ? ["aws:SourceAccount"] : []),
  },
];

function tokenKeys(provider: string): readonly string[] {
  if (provider.includes(":saml-provider/")) return ["SAML:aud"];
  const issuer = provider.split(":oidc-provider/").at(-1);
  return [`${issuer}:aud`, `${issuer}:sub`];
}

/** Whether it compares the key with a value. How well, other rules ask; Null looks at presence alone. */
function compares({ conditions }: ReadStatement, key: string): boolean {
  return conditions.some((condition) => sameKey(condition.key, key) && !/^null$/i.test(condition.operator));
}
