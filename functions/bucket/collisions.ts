import { type Resource, together } from "trimtab";
import { iam, v1 } from "trimtab/models";
import { foreignAssociation, refuseBound } from "../platform/bound.js";
import { isOwn, refuseForeign } from "../platform/foreign.js";
import { annotatedRole, serviceAccountOf } from "../platform/service-account.js";
import { type Grant } from "./credentials/grant.js";

/** Refuses a Secret that is there and is not this XBucket's. */
export function refuseForeignSecret(grant: Grant, name: string): void {
  refuseForeign(grant, v1.Secret, { name, field: `${grant.field}.secretName`, remedy: "choose another secretName" });
}

/** Refuses to make a ServiceAccount that is there and is not this XBucket's. */
export function refuseForeignServiceAccount(grant: Grant): void {
  const { consumer, field } = grant;
  const remedy = "leave createServiceAccount out";
  refuseForeign(grant, v1.ServiceAccount, {
    name: consumer.serviceAccount,
    field: `${field}.createServiceAccount`,
    remedy,
  });
}

/**
 * Refuses a ServiceAccount that somebody else has bound, whichever way: EKS allows one association in a cluster, and Pods
 * that have both an association and an annotation get one role of the two.
 */
export function refuseBoundElsewhere(grant: Grant): void {
  const { findAll, xr, workload, place } = grant;
  const { namespace } = workload;
  const [association, roles, account] = together(
    () => foreignAssociation(grant, workload, place.cluster.name),
    () => findAll(iam.Role, { namespace }),
    () => serviceAccountOf(grant, workload),
  );
  const arn = account && annotatedRole(account);
  const bound =
    association ?? roles.find(({ status, ...role }) => arn && status?.atProvider?.arn === arn && !isOwn(xr, role));
  if (bound) refuseTaken(grant, bound);
}

function refuseTaken({ field, workload: { serviceAccount } }: Grant, bound: Resource): never {
  return refuseBound(bound, {
    field: `${field}.serviceAccount`,
    serviceAccount,
    remedyFor: (kind, name) => {
      if (kind === "XWorkloadIdentity") return `write identity.name: ${name}`;
      if (!/XBucket$/.test(kind)) return undefined;
      return `make an XWorkloadIdentity of ${serviceAccount}, and name it in identity here and in ${kind} ${name}`;
    },
  });
}
