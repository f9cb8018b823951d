import { type Workload } from "trimtab/aws";
import { type eks, v1 } from "trimtab/models";
import { foreignAssociation } from "../platform/bound.js";
import { clusterOf } from "../platform/cluster.js";
import { controllerOf, type Looking } from "../platform/foreign.js";
import { annotatedRole, roleArnAnnotation } from "../platform/service-account.js";
import { type Identity, roleSeen } from "./identity.js";
import { type Seen } from "./kinds.js";
import { type Platform } from "./platform.js";

/** Why Pods may not start yet. */
export interface Lack {
  /** For machines, in CamelCase. */
  readonly reason: string;
  /** For people: completes "needs …" and "waiting for …". */
  readonly what: string;
}

/** What is there beside what is composed here. */
export interface Surroundings {
  /** What gives the ServiceAccount another role. */
  readonly binding: eks.PodIdentityAssociation | undefined;
  /** The developer's own ServiceAccount. Looked for only where it must be annotated. */
  readonly account: v1.ServiceAccount | undefined;
}

export function surroundingsOf(looking: Looking, platform: Platform, identity: Identity): Surroundings {
  const { credentials, createServiceAccount, workload } = identity;
  const { namespace, serviceAccount: name } = workload;
  const annotated = credentials === "IRSA" && !createServiceAccount;
  return {
    binding: foreignAssociation(looking, workload, clusterOf(platform).name),
    account: annotated ? looking.find(v1.ServiceAccount, { namespace, name }) : undefined,
  };
}

/** What Pods that start now would lack; undefined once they get the role. */
export function lackOf(observed: Seen, identity: Identity, around: Surroundings): Lack | undefined {
  return lackInAws(observed, identity, around) ?? lackOfServiceAccount(observed, identity, around);
}

/** What there is yet to be in AWS, before a ServiceAccount is of use. */
export function lackInAws(observed: Seen, identity: Identity, { binding }: Surroundings): Lack | undefined {
  const role = roleSeen(observed, identity);
  const { association } = observed.podIdentity;
  const own = identity.credentials === "PodIdentity" && association.object !== undefined;
  if (!role.ready || !role.status?.atProvider?.arn) return { reason: "RoleNotReady", what: "the role" };
  if (binding && !own) return { reason: "ServiceAccountBound", what: releaseOf(binding, identity) };
  if (identity.credentials === "IRSA" || association.ready) return undefined;
  return { reason: "AssociationNotReady", what: "the Pod Identity association" };
}

/** What an identity waits for whose ServiceAccount has another association. */
export function releaseOf(binding: eks.PodIdentityAssociation, { workload }: Identity): string {
  const { kind, name } = controllerOf(binding) ?? { kind: binding.kind, name: binding.metadata?.name };
  return `${kind} ${name} to release ${shown(workload)}`;
}

function lackOfServiceAccount(observed: Seen, identity: Identity, around: Surroundings): Lack | undefined {
  const { credentials, createServiceAccount, workload } = identity;
  const account = createServiceAccount ? observed.serviceAccount.object : around.account;
  if (createServiceAccount && !account) return missing(shown(workload));
  if (credentials === "PodIdentity") return undefined;

  const arn = roleSeen(observed, identity).status?.atProvider?.arn;
  const wanted = `the annotation ${roleArnAnnotation}: ${arn}`;
  if (!account) return missing(`${shown(workload)}, with ${wanted}`);
  const annotated = annotatedRole(account);
  if (annotated === arn) return undefined;
  const instead = annotated ? `, where it says ${annotated}` : "";
  return { reason: "ServiceAccountNotAnnotated", what: `${shown(workload)} to have ${wanted}${instead}` };
}

const missing = (what: string): Lack => ({ reason: "ServiceAccountMissing", what });
const shown = ({ namespace, serviceAccount }: Workload) => `the ServiceAccount ${namespace}/${serviceAccount}`;
