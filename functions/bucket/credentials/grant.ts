import { type Composite } from "trimtab";
import { type Workload } from "trimtab/aws";
import { type XBucket } from "../../../xrds/xbucket.js";
import { type Looking } from "../../platform/foreign.js";
import { type Make } from "../../platform/make.js";
import { type Place } from "../place.js";
import { type Platform } from "../platform.js";
import { type XWorkloadIdentity } from "./shared.js";

export type Consumer = Composite<typeof XBucket>["spec"]["consumers"][number];

/** How a consumer proves who it is. Shared: by an XWorkloadIdentity that several XBuckets use. */
export type CredentialKind = "PodIdentity" | "IRSA" | "AccessKey" | "Shared";

export function kindOf({ identity, credentials }: Consumer, platform: Platform): CredentialKind {
  return identity ? "Shared" : (credentials ?? platform.credentials.default);
}

/** What one consumer is granted, and all that composing it takes. */
export interface Grant extends Looking {
  readonly xr: Composite<typeof XBucket>;
  readonly consumer: Consumer;
  readonly workload: Workload;
  readonly kind: CredentialKind;
  /** The XWorkloadIdentity that the consumer names; undefined while there is none. */
  readonly identity: XWorkloadIdentity | undefined;
  /** Where in the spec the consumer stands, for refusals. */
  readonly field: string;
  readonly place: Place;
  readonly platform: Platform;
  readonly make: Make;
}
