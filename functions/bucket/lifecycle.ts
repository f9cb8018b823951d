import { type Composite } from "trimtab";
import { uniqueName } from "trimtab/aws";
import { type s3 } from "trimtab/models";
import { type XBucket } from "../../xrds/xbucket.js";
import { tagRefusals } from "../platform/tags.js";

export type LifecycleRule = Composite<typeof XBucket>["spec"]["lifecycle"][number];
type Rule = NonNullable<s3.BucketLifecycleConfiguration["spec"]["forProvider"]["rule"]>[number];

/** A rule as the provider spells it, with an id that does not change with the rule's place in the list. */
export function lifecycleRule(rule: LifecycleRule): Rule {
  const { expireAfterDays, transitions, noncurrent, noncurrentTransitions, abortUploadsAfterDays } = rule;
  const expiration = expireAfterDays !== undefined ? { days: expireAfterDays } : undefined;
  const markers = rule.expireDeleteMarkers ? { expiredObjectDeleteMarker: true } : undefined;
  const expires = expiration ?? markers;
  return {
    id: idOf(rule),
    status: "Enabled",
    filter: [filterOf(rule)],
    ...(expires && { expiration: [expires] }),
    ...(transitions && {
      transition: transitions.map(({ afterDays, storageClass }) => ({ days: afterDays, storageClass })),
    }),
    ...(noncurrent && { noncurrentVersionExpiration: [noncurrentOf(noncurrent)] }),
    ...(noncurrentTransitions && {
      noncurrentVersionTransition: noncurrentTransitions.map(({ afterDays, storageClass }) => ({
        noncurrentDays: afterDays,
        storageClass,
      })),
    }),
    ...(abortUploadsAfterDays !== undefined && {
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: abortUploadsAfterDays }],
    }),
  };
}

/** S3 takes ids that differ, of at most 255 characters. What tells rules apart may be longer, and looks alike when it is joined. */
function idOf({ prefix, name }: LifecycleRule): string {
  return uniqueName({ limit: 255, readable: [name, prefix], identity: [] });
}

/** What S3 would refuse, each with its field and the remedy. */
export function lifecycleRefusals(rule: LifecycleRule, field: string): readonly string[] {
  const { transitions = [], noncurrentTransitions = [], expireAfterDays, noncurrent } = rule;
  return [
    ...tagRefusals(rule.tags ?? {}, `${field}.tags`),
    ...transitionRefusals(transitions, expireAfterDays, `${field}.transitions`),
    ...transitionRefusals(noncurrentTransitions, noncurrent?.expireAfterDays, `${field}.noncurrentTransitions`),
    ...(rule.expireDeleteMarkers && rule.tags
      ? [`${field}.expireDeleteMarkers cannot go with tags: leave the tags out`]
      : []),
    ...(rule.abortUploadsAfterDays !== undefined && rule.tags
      ? [`${field}.abortUploadsAfterDays cannot go with tags: put it into a rule without them`]
      : []),
  ];
}

type Transition = NonNullable<LifecycleRule["transitions"]>[number];

/** Amazon S3 User Guide, lifecycle transitions: the infrequent-access classes take objects after 30 days. */
function transitionRefusals(
  transitions: readonly Transition[],
  expires: number | undefined,
  field: string,
): readonly string[] {
  return transitions.flatMap(({ afterDays, storageClass }, index) => {
    if (transitions.findIndex((each) => each.storageClass === storageClass) < index)
      return [`${field}[${index}].storageClass ${storageClass} is there twice: leave one of them out`];
    const at = `${field}[${index}].afterDays ${afterDays}`;
    if (storageClass.endsWith("_IA") && afterDays < 30)
      return [`${at} is too soon for ${storageClass}: use 30 or more`];
    if (expires !== undefined && afterDays >= expires)
      return [`${at} is not before objects expire, after ${expires} days: use less`];
    return [];
  });
}

/** A rule without a filter is refused; the empty prefix is all objects. */
function filterOf({ prefix, tags }: LifecycleRule): NonNullable<Rule["filter"]>[number] {
  const pairs = Object.entries(tags ?? {});
  const [only] = pairs;
  if (!only) return { prefix };
  if (pairs.length === 1 && prefix === "") return { tag: [{ key: only[0], value: only[1] }] };
  return { and: [{ ...(prefix !== "" && { prefix }), tags: Object.fromEntries(pairs) }] };
}

function noncurrentOf({ expireAfterDays, keep }: NonNullable<LifecycleRule["noncurrent"]>) {
  return { noncurrentDays: expireAfterDays, ...(keep !== undefined && { newerNoncurrentVersions: keep }) };
}
