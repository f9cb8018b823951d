/** How long names in IAM may be (AWS IAM User Guide, IAM and AWS STS quotas). */
export const iamNameLimits = { role: 64, policy: 128, user: 64 } as const;

/** What in IAM is named. */
export type IamEntity = keyof typeof iamNameLimits;

/**
 * What is wrong with a name for a role, a managed policy or a user, or undefined. The names of an account are unique
 * without regard to case: two that differ in case alone pass here, and collide there.
 */
export function iamNameProblem(entity: IamEntity, name: string): string | undefined {
  const limit = iamNameLimits[entity];
  const subject = `${entity} name ${JSON.stringify(name)}`;
  if (name === "") return `${subject} is empty`;
  if (name.length > limit) return `${subject} is too long: use at most ${limit} characters`;
  if (!/^[A-Za-z0-9_+=,.@-]+$/.test(name)) {
    return `${subject} holds a character that IAM does not take: use letters, digits and _+=,.@-`;
  }
  return undefined;
}
