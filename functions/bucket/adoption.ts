import { type Composite, fatal, type ObservedResource } from "trimtab";
import { type s3 } from "trimtab/models";
import { type XBucket } from "../../xrds/xbucket.js";
import { ownerTags } from "../platform/make.js";
import { type Place } from "./place.js";

/**
 * Whether the bucket is this XBucket's. One that it made is from the start. One that it is to adopt is only looked at
 * until its tags say so; then it is managed like any other, whatever a later read shows.
 *
 * Refuses a bucket whose tags name somebody else, or nobody.
 */
export function isOurs(
  xr: Composite<typeof XBucket>,
  { cluster }: Place,
  { object }: ObservedResource<s3.Bucket>,
): boolean {
  const { bucketName } = xr.spec;
  if (bucketName === undefined) return true;
  if (!object) return false;
  if (!isOnlyObserved(object)) return true;
  const { arn, tags } = object.status?.atProvider ?? {};
  if (!arn) return false;
  const wrong = Object.entries(ownerTags(xr, { cluster })).filter(([key, value]) => tags?.[key] !== value);
  if (wrong.length === 0) return true;
  const are = wrong.map(([key]) => `${key} is ${tags?.[key] ?? "not there"}`).join(" and ");
  const remedy = wrong.map(([key, value]) => `${key} to ${value}`).join(" and ");
  return fatal(`spec.bucketName ${bucketName}: of that bucket's tags ${are}; to hand the bucket over, set ${remedy}`);
}

/**
 * The tags that somebody else has put on a bucket that was adopted: the provider takes what it is told for all of them. They
 * are read from AWS once, and from then on from what we last asked for, which no read can blank.
 */
export function tagsOfOthers({ object }: ObservedResource<s3.Bucket>): Readonly<Record<string, string>> {
  if (!object) return {};
  const tags = isOnlyObserved(object) ? object.status?.atProvider?.tags : object.spec.forProvider.tags;
  // Those of AWS cannot be set, and those of Crossplane's providers are set by them.
  return Object.fromEntries(Object.entries(tags ?? {}).filter(([key]) => !/^(aws:|crossplane-)/.test(key)));
}

function isOnlyObserved({ spec }: s3.Bucket): boolean {
  return spec.managementPolicies?.length === 1 && spec.managementPolicies[0] === "Observe";
}
