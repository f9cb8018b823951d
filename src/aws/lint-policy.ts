import { type Hit, type Lint, type LintRule } from "./lint-rule.js";
import { STATEMENT_RULES } from "./lint-rules.js";
import { type MeantPolicy, meantStatements } from "./meant-policy.js";
import { missingDenials } from "./missing-denials.js";
import { type PolicyUse, policySizeProblem } from "./policy.js";
import { type ReadStatement, readPolicy } from "./read-policy.js";
import { objectKeys } from "./resource-reach.js";

/** A way in which a document allows more than it should, or why AWS would refuse it. */
export interface PolicyFinding {
  readonly rule: PolicyRule;
  /** Its Sid, or its number, counted from 1. Absent where no one statement is concerned. */
  readonly statement?: string | number;
  /** Such as `Action` or `Condition StringLike s3:prefix`. */
  readonly field: string;
  readonly value: string;
  /** Where, what, why, and what to write instead, in one sentence. */
  readonly message: string;
}

export type PolicyRule = (typeof STATEMENT_RULES)[number]["name"] | "malformed" | "size" | "missing-denial" | "name";

/**
 * Looks for widenings in a policy document, whoever made it: none found is an empty list. Each value is objected to once,
 * by the rule that tells most.
 *
 * With `meant` the document is compared with what it should say as well, and may not go beyond that in any action,
 * resource, principal or condition. Without it, only what no document should say is found. Throws if `meant` itself
 * is not of its form.
 */
export function lintPolicy<Use extends PolicyUse>(
  document: string | object,
  use: Use,
  meant?: MeantPolicy[Use],
): readonly PolicyFinding[] {
  const right = meant && meantStatements(use, meant);
  const size = policySizeProblem(typeof document === "string" ? document : JSON.stringify(document), use);
  const tooLong = size === undefined ? [] : [whole("size", size)];
  const statements = read(document);
  if (typeof statements === "string") return [...tooLong, whole("malformed", statements)];
  const lint = { use, meant: right, narrowed: narrowed(right ?? statements) };
  return [...tooLong, ...allowing(statements, lint), ...denying(statements, lint)];
}

/** The statements, or what is wrong with the document. */
function read(document: string | object): readonly ReadStatement[] | string {
  try {
    return readPolicy(document);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function whole(rule: "size" | "malformed", problem: string): PolicyFinding {
  return { rule, field: "document", value: problem, message: `the document cannot be sent: ${problem}` };
}

/** Whether every object that is granted is below a prefix. */
function narrowed(statements: readonly ReadStatement[]): boolean {
  const resources = statements.filter(({ effect }) => effect === "Allow").flatMap((statement) => statement.resources);
  const keys = resources.map(objectKeys).filter((key) => key !== undefined);
  return keys.length > 0 && !keys.includes("*");
}

function allowing(statements: readonly ReadStatement[], lint: Lint): readonly PolicyFinding[] {
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => {
      const found = RULES.filter(({ uses }) => uses === undefined || uses.includes(lint.use)).flatMap((rule) =>
        rule.find(statement, lint).map((hit) => finding(rule, statement, hit)),
      );
      return found.filter(
        ({ field, value }, index) => index === found.findIndex((one) => one.field === field && one.value === value),
      );
    });
}

const RULES: readonly LintRule<PolicyRule>[] = STATEMENT_RULES;

function finding(
  { name: rule, why, remedy }: LintRule<PolicyRule>,
  { label: statement }: ReadStatement,
  hit: Hit,
): PolicyFinding {
  const { field, value } = hit;
  const message = `statement ${statement}, ${field} ${JSON.stringify(value)} ${hit.why ?? why}: ${remedy}`;
  return { rule, statement, field, value, message };
}

function denying(statements: readonly ReadStatement[], { use, meant }: Lint): readonly PolicyFinding[] {
  if (use !== "bucket") return [];
  return missingDenials(statements, meant).map((value) => ({
    rule: "missing-denial",
    field: "Statement",
    value,
    message: `Statement has no whole denial of ${value}: deny it to everyone, for the bucket and every object`,
  }));
}
