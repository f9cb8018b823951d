import { type PolicyUse, policySizeProblem } from "../../../aws/policy.js";

/** Why IAM would not take a policy document, as it says so; undefined if it would. */
export function documentProblem(text: string, use: PolicyUse): string | undefined {
  const statements = statementsOf(text);
  if (!statements) return `${MALFORMED}: the policy is not valid JSON, or has no Statement`;
  for (const statement of statements) {
    if (!isRecord(statement) || !("Effect" in statement)) return `${MALFORMED}: Missing required field Effect`;
    const problem = use === "managed" ? identityProblem(statement) : trustProblem(statement);
    if (problem) return `${MALFORMED}: ${problem}`;
  }
  const size = policySizeProblem(text, use);
  return size && `LimitExceeded: ${size}`;
}

const MALFORMED = "MalformedPolicyDocument";

type Fields = Readonly<Record<string, unknown>>;

function identityProblem(statement: Fields): string | undefined {
  if ("Principal" in statement) return "Policy document should not specify a principal";
  return "Resource" in statement || "NotResource" in statement ? undefined : "Missing required field Resource";
}

function trustProblem(statement: Fields): string | undefined {
  if ("Resource" in statement) return "Has prohibited field Resource";
  return "Principal" in statement || "NotPrincipal" in statement ? undefined : "Missing required field Principal";
}

function statementsOf(text: string): readonly unknown[] | undefined {
  try {
    const document: unknown = JSON.parse(text);
    if (!isRecord(document) || !("Statement" in document)) return undefined;
    const { Statement: statement } = document;
    return Array.isArray(statement) ? statement : [statement];
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
