import { type StatusCondition } from "trimtab";
import { annotatedRole, roleArnAnnotation, serviceAccountOf } from "../platform/service-account.js";
import { type Glances } from "./composes.js";
import { type Grant } from "./credentials/grant.js";
import { works } from "./credentials/shared.js";
import { isAttached, publishedKeyId, roleArn } from "./published.js";

/**
 * The condition IdentityReady: whether Pods may start. One that is admitted before its identity works runs without
 * credentials until it is restarted.
 */
export function identityReady(grants: readonly Grant[], glance: Glances): StatusCondition {
  const lacking = grants.flatMap((grant) => lack(grant, glance) ?? []);
  const common = { type: "IdentityReady", claim: true } as const;
  if (lacking.length === 0) return { ...common, status: "True", reason: "Ready" };
  return { ...common, status: "False", reason: "NotReady", message: lacking.join("; ") };
}

function lack(grant: Grant, glance: Glances): string | undefined {
  const { consumer, identity, kind } = grant;
  const name = consumer.serviceAccount;
  const { podIdentity, secret } = glance.observed.consumers(name);
  if (!isAttached(grant, glance)) return `${name} has no access yet`;
  switch (kind) {
    case "PodIdentity":
      return podIdentity.association.ready ? undefined : `${name} has no association yet`;
    case "IRSA":
      return irsaLack(grant, glance);
    case "AccessKey":
      return publishedKeyId(secret) ? undefined : `${name} has no access key in its Secret yet`;
    case "Shared": {
      return identity && works(identity)
        ? undefined
        : `${name} waits for the XWorkloadIdentity ${consumer.identity?.name}`;
    }
  }
}

/** The ServiceAccount must name the role, whoever has made it. */
export function irsaLack(grant: Grant, glance: Glances): string | undefined {
  const { consumer, workload } = grant;
  const { serviceAccount: name } = workload;
  const arn = roleArn(grant, glance);
  if (!arn) return `${name} has no role yet`;
  const made = glance.observed.consumers(name).serviceAccount.object;
  const found = made ?? (consumer.createServiceAccount ? undefined : serviceAccountOf(grant, workload));
  if (found && annotatedRole(found) === arn) return undefined;
  if (consumer.createServiceAccount) return `${name} is not there yet`;
  return `the ServiceAccount ${name} needs the annotation ${roleArnAnnotation}: ${arn}`;
}
