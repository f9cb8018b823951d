import { conditionHits, type Hit, hits } from "./lint-rule.js";
import { prefixProblem } from "./prefix.js";
import { type ReadStatement, sameKey } from "./read-policy.js";

/** Whether a resource is more than one bucket with its keys, or more than one thing of another service. */
export function wildResource(resource: string): boolean {
  return WILD.test(resource.slice(0, resource.length - (objectKeys(resource)?.length ?? 0)));
}

/**
 * Resources and values of s3:prefix that match more than what is below one prefix: one without its slash matches
 * siblings, and a segment `..` is resolved by some clients.
 */
export function prefixEscapes({ resources, conditions }: ReadStatement): readonly Hit[] {
  const lists = conditions.filter(({ key }) => sameKey(key, "s3:prefix"));
  return [
    ...hits(
      "Resource",
      resources.filter((resource) => escapes(objectKeys(resource) ?? "")),
    ),
    ...lists.flatMap((condition) =>
      conditionHits(
        condition,
        condition.values.filter((value) => value === "*" || escapes(value)),
      ),
    ),
  ];
}

/** Which keys of a bucket a resource names; undefined if it names none. */
export function objectKeys(resource: string): string | undefined {
  return /^arn:[^:]*:s3:[^:]*:[^:]*:[^/]*\/(.*)$/s.exec(resource)?.[1];
}

/** What IAM matches more than one text with. */
export const WILD = /[*?]/;

function escapes(keys: string): boolean {
  if (keys.endsWith("*")) return prefixProblem(keys.slice(0, -1)) !== undefined;
  return WILD.test(keys) || keys.split("/").includes("..");
}
