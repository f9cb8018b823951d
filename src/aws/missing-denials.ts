import { type ReadStatement, sameKey } from "./read-policy.js";

/**
 * What a bucket's policy should deny and does not: the statements that are meant, by Sid; where nobody said what is
 * meant, plain HTTP, by its condition key.
 */
export function missingDenials(
  statements: readonly ReadStatement[],
  meant: readonly ReadStatement[] | undefined,
): readonly string[] {
  if (meant) return meant.filter(({ effect }) => effect === "Deny").flatMap((denial) => absent(denial, statements));
  return statements.some(deniesPlainHttp) ? [] : [SECURE];
}

function absent(denial: ReadStatement, statements: readonly ReadStatement[]): readonly string[] {
  const wanted = meaning(denial);
  return statements.some((statement) => meaning(statement) === wanted) ? [] : [String(denial.label)];
}

const SECURE = "aws:SecureTransport";

/** To everyone, for all of S3's actions, and under no other condition. */
function deniesPlainHttp({ effect, actions, principals, conditions }: ReadStatement): boolean {
  const [condition, ...others] = conditions;
  return (
    effect === "Deny" &&
    others.length === 0 &&
    condition !== undefined &&
    sameKey(condition.key, SECURE) &&
    condition.values.join() === "false" &&
    actions.some((action) => action === "s3:*" || action === "*") &&
    principals.some(({ value }) => value === "*")
  );
}

/** A statement without its name, the same whatever the order of what it lists. */
function meaning(statement: ReadStatement): string {
  return JSON.stringify({
    effect: statement.effect,
    actions: statement.actions.toSorted(),
    resources: statement.resources.toSorted(),
    principals: statement.principals.map(({ value }) => value).toSorted(),
    conditions: statement.conditions
      .map(({ operator, key, values }) => JSON.stringify([operator, key, values.toSorted()]))
      .toSorted(),
    inverted: statement.inverted,
  });
}
