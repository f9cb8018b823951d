import { type Composite } from "trimtab";
import { iamNameLimits, uniqueName, type Workload } from "trimtab/aws";
import { type XWorkloadIdentity } from "../../xrds/xworkloadidentity.js";
import { type RoleCredentials } from "../platform/workload-role.js";
import { type Seen } from "./kinds.js";
import { type Platform } from "./platform.js";

/** What an XWorkloadIdentity asks for. Known before anything exists. */
export interface Identity {
  readonly credentials: RoleCredentials;
  readonly workload: Workload;
  readonly createServiceAccount: boolean;
  /** The name in IAM of the role for a kind of credentials. */
  roleName(credentials: RoleCredentials): string;
}

/** Names hold a hash of the cluster, of the XR's kind and of the credentials, so that no two identities share a role. */
export function identityOf(
  { kind, namespace, name, spec }: Composite<typeof XWorkloadIdentity>,
  { cluster, namePrefix, credentials: offered }: Platform,
): Identity {
  const { serviceAccount, createServiceAccount, credentials = offered.default } = spec;
  const readable = [namePrefix, namespace, name];
  return {
    credentials,
    workload: { namespace, serviceAccount },
    createServiceAccount,
    roleName: (credentials) =>
      uniqueName({ limit: iamNameLimits.role, readable, identity: [cluster.arn, kind, credentials] }),
  };
}

/** What is observed of the role that Pods get. */
export function roleSeen(observed: Seen, { credentials }: Identity): Seen["irsa"]["role"] {
  return credentials === "IRSA" ? observed.irsa.role : observed.podIdentity.role;
}
