import { defineFunction, fatal } from "trimtab";
import { v1 } from "trimtab/models";
import { XWorkloadIdentity } from "../../xrds/xworkloadidentity.js";
import { refuseBound } from "../platform/bound.js";
import { refuseForeign } from "../platform/foreign.js";
import { makeFor } from "../platform/make.js";
import { serviceAccountNamed } from "../platform/service-account.js";
import { podIdentityAssociation, type RoleCredentials, workloadRole } from "../platform/workload-role.js";
import { identityReady } from "./condition.js";
import { handsOver } from "./handover.js";
import { identityOf, roleSeen } from "./identity.js";
import { kinds, type Seen } from "./kinds.js";
import { lackInAws, lackOf, releaseOf, surroundingsOf } from "./lack.js";
import { leaving } from "./leaving.js";
import { Platform } from "./platform.js";
import { refusals } from "./refusals.js";

/** One IAM role for a ServiceAccount, to which XBuckets attach their policies. */
export const identity = defineFunction({
  name: "identity",
  composite: XWorkloadIdentity,
  input: Platform,
  composes: kinds,
  compose({ xr, input: platform, composed, find, findAll }) {
    const refused = refusals(xr, platform);
    if (refused.length > 0) fatal(refused.join("; "));

    const identity = identityOf(xr, platform);
    const { credentials, workload, roleName } = identity;
    const { serviceAccount } = workload;
    const looking = { find, findAll, xr };
    const make = makeFor(xr, platform);
    const around = surroundingsOf(looking, platform, identity);

    const role = (credentials: RoleCredentials) =>
      workloadRole({ credentials, workload, externalName: roleName(credentials) }, platform, make);
    const lack = (observed: Seen) => lackOf(observed, identity, around);
    const { binding } = around;
    /** Refuses a ServiceAccount that somebody else has bound, and means to keep. */
    const refuseTaken = () => {
      if (!binding || handsOver(looking, binding)) return;
      const remedyFor = (kind: string, name: string) => remedy(kind, name, xr.name);
      refuseBound(binding, { field: "spec.serviceAccount", serviceAccount, remedyFor });
    };

    return {
      resources: {
        podIdentity:
          credentials === "PodIdentity"
            ? {
                role: role("PodIdentity"),
                association: ({ observed, need }) => {
                  if (!observed.podIdentity.association.object) {
                    refuseTaken();
                    need(!binding, binding ? releaseOf(binding, identity) : "");
                  }
                  return podIdentityAssociation(workload, composed.podIdentity.role, platform, make);
                },
              }
            : leaving(looking, {
                held: ({ podIdentity: { role, association } }) => Boolean(role.object ?? association.object),
                roleName: roleName("PodIdentity"),
                lack,
              }),
        irsa:
          credentials === "IRSA"
            ? {
                role: ({ observed }) => {
                  if (!observed.irsa.role.object) refuseTaken();
                  return role("IRSA");
                },
              }
            : leaving(looking, {
                held: ({ irsa }) => irsa.role.object !== undefined,
                roleName: roleName("IRSA"),
                lack,
              }),
        serviceAccount: identity.createServiceAccount
          ? ({ observed, need }) => {
              const field = "spec.createServiceAccount";
              const chosen = { name: serviceAccount, field, remedy: `leave ${field} out` };
              if (!observed.serviceAccount.object) refuseForeign(looking, v1.ServiceAccount, chosen);
              // Identity webhooks act when a Pod is admitted, so there is nobody to be admitted before the identity works.
              const missing = lackInAws(observed, identity, around);
              need(!missing, missing?.what ?? "");
              const arn = need(roleSeen(observed, identity).status?.atProvider?.arn, "the role");
              return serviceAccountNamed(serviceAccount, credentials === "IRSA" ? arn : undefined);
            }
          : null,
      },
      status: ({ observed }) => {
        const { object, status } = roleSeen(observed, identity);
        // What was last reported may be the ARN of a role for other credentials.
        const arn = object ? status?.atProvider?.arn : null;
        return { serviceAccount, role: { name: roleName(credentials), arn } };
      },
      conditions: ({ observed }) => [identityReady(lack(observed), identity)],
    };
  },
});

/** What a developer does whose ServiceAccount another XR has bound. */
function remedy(kind: string, name: string, identity: string): string | undefined {
  if (kind === "XWorkloadIdentity") return `use ${kind} ${name}`;
  if (/XBucket$/.test(kind)) return `write identity.name: ${identity} at that consumer of ${kind} ${name}`;
  return undefined;
}
