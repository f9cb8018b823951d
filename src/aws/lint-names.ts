import { bucketNameProblem } from "./bucket-name.js";
import { type IamEntity, iamNameProblem } from "./iam-name.js";
import { type PolicyFinding } from "./lint-policy.js";

/** What is named beside a policy document, by what it is. */
export type PolicyNames = Readonly<Partial<Record<IamEntity | "bucket", string>>>;

/** The names that AWS would refuse, in the form of {@link PolicyFinding}, so that both are reported alike. */
export function lintNames(names: PolicyNames): readonly PolicyFinding[] {
  return ENTITIES.flatMap((entity) => {
    const value = names[entity];
    const message = value === undefined ? undefined : problem(entity, value);
    return value === undefined || message === undefined ? [] : [{ rule: "name", field: entity, value, message }];
  });
}

const ENTITIES = ["bucket", "role", "policy", "user"] as const;

function problem(entity: IamEntity | "bucket", name: string): string | undefined {
  return entity === "bucket" ? bucketNameProblem(name) : iamNameProblem(entity, name);
}
