import { type Context, fatal, kind, type ObservedMetadata } from "trimtab";
import { type XBucket } from "../../../xrds/xbucket.js";
import { type Consumer } from "./grant.js";

/** As far as an XBucket looks into one. */
export interface XWorkloadIdentity {
  readonly apiVersion: "platform.trimtab.dev/v1alpha1";
  readonly kind: "XWorkloadIdentity";
  readonly metadata?: ObservedMetadata;
  readonly spec?: { readonly serviceAccount?: string };
  readonly status?: {
    readonly role?: { readonly name?: string; readonly arn?: string };
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}
const XWorkloadIdentity = kind<XWorkloadIdentity>("platform.trimtab.dev/v1alpha1", "XWorkloadIdentity");

/**
 * The XWorkloadIdentities that consumers name, by name. One question for all of them: Crossplane answers only so many, one
 * after the other.
 */
export function identitiesOf({ xr, findAll }: Pick<Context<typeof XBucket, unknown, unknown>, "findAll" | "xr">) {
  const named = xr.spec.consumers.some(({ identity }) => identity);
  const found = named ? findAll(XWorkloadIdentity, { namespace: xr.namespace }) : [];
  return new Map(found.map((identity) => [identity.metadata?.name ?? "", identity]));
}

/** Whether Pods that start now get the role. */
export function works({ status }: XWorkloadIdentity): boolean {
  return status?.conditions?.some(({ type, status }) => type === "IdentityReady" && status === "True") ?? false;
}

/** Refuses a consumer's identity that is of another ServiceAccount. */
export function refuseOther(
  { serviceAccount }: Consumer,
  identity: XWorkloadIdentity | undefined,
  field: string,
): void {
  const theirs = identity?.spec?.serviceAccount;
  if (theirs === undefined || theirs === serviceAccount) return;
  const name = identity?.metadata?.name;
  fatal(
    `${field}.identity.name: the XWorkloadIdentity ${name} is of the ServiceAccount ${theirs}, not ${serviceAccount}: name one of ${serviceAccount}`,
  );
}
