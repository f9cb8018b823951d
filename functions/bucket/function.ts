import { type Arrow, defineFunction, fatal, type Tree } from "trimtab";
import { LegacyXBucket } from "../../xrds/legacyxbucket.js";
import { XBucket } from "../../xrds/xbucket.js";
import { makeFor } from "../platform/make.js";
import { isOurs } from "./adoption.js";
import { composes } from "./composes.js";
import { consumerOf } from "./consumer.js";
import { type Consumer, type Grant, kindOf } from "./credentials/grant.js";
import { identitiesOf, refuseOther } from "./credentials/shared.js";
import { features } from "./features.js";
import { identityReady } from "./identity-ready.js";
import { placeOf } from "./place.js";
import { Platform } from "./platform.js";
import { bucketText, roleReported, text } from "./published.js";
import { refusals } from "./refusals.js";
import { secretNameOf } from "./secret.js";
import { safety, theBucket } from "./storage.js";
import { usages } from "./usages.js";

/** An S3 bucket; and for each consumer an identity, a least-privilege policy, and a Secret that says how to use them. */
export const bucket = defineFunction({
  name: "bucket",
  composite: [XBucket, LegacyXBucket],
  input: Platform,
  composes,
  compose({ xr, input: platform, composed, find, findAll }) {
    const refused = refusals(xr, platform);
    if (refused.length > 0) fatal(refused.join("; "));

    const { consumers, bucketName } = xr.spec;
    const place = placeOf(xr, platform);
    const make = makeFor(xr, platform);
    const identities = identitiesOf({ xr, findAll });
    const grants = consumers.map((consumer, index): Grant => {
      const field = `spec.consumers[${index}]`;
      const identity = identities.get(consumer.identity?.name ?? "");
      refuseOther(consumer, identity, field);
      const workload = { namespace: xr.namespace, serviceAccount: consumer.serviceAccount };
      return {
        xr,
        find,
        findAll,
        consumer,
        workload,
        kind: kindOf(consumer, platform),
        identity,
        field,
        place,
        platform,
        make,
      };
    });
    const [only, ...others] = grants;
    const binding = (consumer: Consumer) => ({ name: secretNameOf(xr.name, consumer) });

    /** A bucket that is to be adopted is left as it is until it is ours. */
    const onceOurs = <T>(made: T): T | Arrow<T, typeof composes> => {
      if (bucketName === undefined) return made;
      return ({ observed, need }) => {
        need(isOurs(xr, place, observed.bucket), `the bucket ${bucketName} to be handed over`);
        return made;
      };
    };
    const around = { ...safety(xr, place, composed, make), ...features(xr, place, composed, make) };
    const guarded = Object.entries(around).map(([name, made]) => [name, made === null ? null : onceOurs(made)]);

    return {
      resources: {
        bucket: ({ observed }) => theBucket(xr, place, make, observed.bucket),
        ...(Object.fromEntries(guarded) as Pick<Tree<typeof composes>, keyof typeof around>),
        usages: usages(xr, composed),
        consumers: composed.consumers.each(
          grants,
          ({ consumer }) => consumer.serviceAccount,
          (grant, own) => consumerOf(grant, own),
        ),
      },
      status: (glance) => ({
        bucket: { name: place.name, arn: place.arn, region: place.region, endpoint: place.endpoint },
        consumers: grants.map((grant) => ({
          serviceAccount: grant.consumer.serviceAccount,
          roleArn: roleReported(grant, glance),
          binding: binding(grant.consumer),
        })),
        binding: only && others.length === 0 ? binding(only.consumer) : null,
      }),
      conditions: (glance) => (only ? [identityReady(grants, glance)] : []),
      // A claim has one Secret of its own: the bucket's keys, and the consumer's where there is only one.
      connectionDetails: !xr.claim
        ? null
        : (sight) => {
            if (only && others.length === 0) return text(only, sight);
            return bucketText(place, platform, sight);
          },
    };
  },
});
