import { type CompositionProps, step } from "trimtab/project";
import { identity } from "../functions/identity/function.js";
import { XWorkloadIdentity } from "../xrds/xworkloadidentity.js";
import { functionIdentity, identityPlatform } from "./platform.js";

/** How an XWorkloadIdentity becomes resources: one step. */
export const xWorkloadIdentity: CompositionProps = {
  name: "xworkloadidentity",
  composite: XWorkloadIdentity,
  pipeline: [step(identity, { functionRef: functionIdentity.installedAs, input: identityPlatform })],
};
