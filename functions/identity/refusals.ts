import { type Composite } from "trimtab";
import { type XWorkloadIdentity } from "../../xrds/xworkloadidentity.js";
import { kubernetesNameProblem } from "../platform/kubernetes-name.js";
import { platformRefusals } from "../platform/refusals.js";
import { type Platform } from "./platform.js";

/**
 * What in an XWorkloadIdentity cannot be composed, each with field, value and remedy. The XRD says most of it at admission;
 * this holds where the schema was looser then, and for what only the platform knows.
 */
export function refusals(
  { spec }: Pick<Composite<typeof XWorkloadIdentity>, "spec">,
  platform: Platform,
): readonly string[] {
  const problem = kubernetesNameProblem(spec.serviceAccount);
  return [
    ...platformRefusals(platform),
    ...(problem ? [`spec.serviceAccount ${problem}`] : []),
    ...credentialsRefusals(spec.credentials, platform),
  ];
}

function credentialsRefusals(
  chosen: string | undefined,
  { cluster, credentials: { default: preferred, allowed } }: Platform,
): readonly string[] {
  const offered = allowed.join(" or ");
  const kind = chosen ?? preferred;
  if (chosen !== undefined && !allowed.some((kind) => kind === chosen))
    return [`spec.credentials ${JSON.stringify(chosen)} is not offered here: choose ${offered}`];
  if (!allowed.some((allowed) => allowed === kind))
    return [`input.credentials.default ${kind} is not among input.credentials.allowed: choose ${offered}`];
  if (kind === "IRSA" && cluster.issuer === undefined)
    return ["input.cluster.issuer is missing, and IRSA needs it: write the cluster's OIDC issuer, without https://"];
  return [];
}
