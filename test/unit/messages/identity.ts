import { type Resource } from "trimtab";
import { run, settle } from "trimtab/testing";
import { identity } from "../../../functions/identity/function.js";
import { input } from "../../../functions/identity/testing.js";
import { controlledBy, ready } from "../../../functions/platform/testing.js";
import { type Said, saidBy, withoutAdmission } from "./said.js";
import { account } from "./surroundings.js";

const role = (name: string) => ({
  spec: { forProvider: {} },
  status: { ...ready, atProvider: { arn: `arn:aws:iam::123456789012:role/${name}` } },
});
const association = { spec: { forProvider: {} }, status: ready };
const annotated = (name: string) =>
  account({ annotations: { "eks.amazonaws.com/role-arn": `arn:aws:iam::123456789012:role/${name}` } });

/** What the identity's function says to a developer, situation by situation. */
export const identitySays: Readonly<Record<string, Said>> = {
  "a ServiceAccount that is not a name": refused({ serviceAccount: "Api" }),
  "credentials that are not offered": refused({ credentials: "AccessKey" }),
  "a default that is not allowed": refused({}, { credentials: { default: "IRSA" } }),
  "IRSA without an issuer": refused({ credentials: "IRSA" }, { cluster: { arn: input.cluster.arn } }),
  "a cluster that is none": refused({}, { cluster: { arn: "prod" } }),
  "a ServiceAccount that is there": says({ createServiceAccount: true }, {}, [account({})]),
  "a ServiceAccount that an XBucket has bound": says({}, {}, [bound("XBucket")]),
  "a ServiceAccount that another identity has bound": says({}, {}, [bound("XWorkloadIdentity")]),
  "a ServiceAccount that nobody's association has bound": says({}, {}, [bound()]),
  "nothing is there yet": says({ createServiceAccount: true }, {}),
  "a role without its association": says({ createServiceAccount: true }, { podIdentity: { role: role("pod") } }),
  "a ServiceAccount that is about to be made": says(
    { createServiceAccount: true },
    { podIdentity: { role: role("pod"), association }, irsa: { role: role("irsa") } },
  ),
  "an XBucket that is to hand its ServiceAccount over": says({}, {}, [bound("XBucket"), handingOver()]),
  "an identity that works": says({}, { podIdentity: { role: role("pod"), association } }),
  "IRSA, and no ServiceAccount": says(
    { credentials: "IRSA" },
    { irsa: { role: role("irsa") }, podIdentity: { role: role("pod"), association } },
  ),
  "IRSA, and a ServiceAccount without the annotation": says(
    { credentials: "IRSA" },
    { irsa: { role: role("irsa") }, podIdentity: { role: role("pod"), association } },
    [account({})],
  ),
  "IRSA, and a ServiceAccount with another annotation": says(
    { credentials: "IRSA" },
    { irsa: { role: role("irsa") }, podIdentity: { role: role("pod"), association } },
    [annotated("other")],
  ),
  "a policy that is attached to the role before": says(
    { credentials: "IRSA" },
    { irsa: { role: role("irsa") }, podIdentity: { role: role("pod"), association } },
    [annotated("irsa"), attachment()],
  ),
};

/** A spec that the cluster may hold, though the XRD of today would not admit it. */
function refused(spec: object, platform: object = {}): Said {
  const xr = withoutAdmission("XWorkloadIdentity", xrWith(spec));
  return saidBy(settle(identity, { xr, input: { ...input, ...platform }, observed: {} }));
}

function says(spec: object, observed: object, required: readonly Resource[] = []): Said {
  return saidBy(run(identity, { xr: xrWith(spec), input, observed, required }));
}

function xrWith(spec: object) {
  return { metadata: { name: "shared", namespace: "payments", uid: "1" }, spec: { serviceAccount: "api", ...spec } };
}

function bound(by?: string): Resource {
  return {
    apiVersion: "eks.aws.m.upbound.io/v1beta1",
    kind: "PodIdentityAssociation",
    metadata: { namespace: "payments", name: "receipts-1", ...(by && controlledBy(by, "receipts")) },
    spec: { forProvider: { namespace: "payments", serviceAccount: "api", clusterName: "prod" } },
  } as Resource;
}

function handingOver(): Resource {
  return {
    apiVersion: "platform.trimtab.dev/v1alpha1",
    kind: "XBucket",
    metadata: { namespace: "payments", name: "receipts" },
    spec: { consumers: [{ serviceAccount: "api", identity: { name: "shared" } }] },
  } as Resource;
}

/** To the role that Pod Identity had. */
function attachment(): Resource {
  const { resources } = run(identity, { xr: xrWith({}), input });
  const name = resources["podIdentity/role"]?.metadata?.annotations?.["crossplane.io/external-name"];
  return {
    apiVersion: "iam.aws.m.upbound.io/v1beta1",
    kind: "RolePolicyAttachment",
    metadata: { namespace: "payments", name: "receipts-2", ...controlledBy("XBucket", "receipts") },
    spec: { forProvider: { role: name } },
  } as Resource;
}
