import { type Glance, many, type Sight } from "trimtab";
import { iam, s3, v1 } from "trimtab/models";
import { accessKeyKinds, irsaKinds, podIdentityKinds, sharedKinds } from "./credentials/kinds.js";
import { featureKinds } from "./features.js";
import { safetyKinds } from "./storage.js";
import { usageKinds } from "./usages.js";

/** What each consumer may have: one of the four ways to prove who it is, and what goes with all of them. */
export const consumerKinds = {
  policy: iam.Policy,
  podIdentity: podIdentityKinds,
  irsa: irsaKinds,
  accessKeys: accessKeyKinds,
  shared: sharedKinds,
  serviceAccount: v1.ServiceAccount,
  secret: v1.Secret,
};

/** All that an XBucket may be made of. The names are composition resource names, for ever. */
export const composes = {
  bucket: s3.Bucket,
  ...safetyKinds,
  ...featureKinds,
  usages: usageKinds,
  consumers: many(consumerKinds),
};

export type Sees = Sight<typeof composes>;
export type Glances = Glance<typeof composes>;
