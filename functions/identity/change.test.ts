import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { externalName } from "../platform/external-name.js";
import { ready } from "../platform/testing.js";
import { identity } from "./function.js";
import { input } from "./testing.js";

// Another kind of credentials: made before what it replaces goes.

const xrOf = (credentials: "PodIdentity" | "IRSA", createServiceAccount: boolean) => ({
  metadata: { name: "shared", namespace: "payments" },
  spec: { serviceAccount: "api", credentials, createServiceAccount },
});
const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const role = (name: string) => ({ spec: { forProvider: {} }, status: { ...ready, atProvider: { arn: arn(name) } } });
const podIdentity = { role: role("pod"), association: { spec: { forProvider: {} }, status: ready } };
const irsa = { role: role("irsa") };
const annotation = (name: string) => ({ annotations: { "eks.amazonaws.com/role-arn": arn(name) } });
const externalNameOf = (credentials: "PodIdentity" | "IRSA") => {
  const { resources } = run(identity, { xr: xrOf(credentials, false), input });
  const made = resources["irsa/role"] ?? resources["podIdentity/role"];
  return externalName(made) ?? "";
};
const attachment = (role: string) => ({
  apiVersion: "iam.aws.m.upbound.io/v1beta1",
  kind: "RolePolicyAttachment",
  metadata: {
    namespace: "payments",
    name: "receipts-1",
    ownerReferences: [{ apiVersion: "p/v1", kind: "XBucket", name: "receipts", uid: "2", controller: true }],
  },
  spec: { forProvider: { role } },
});
const account = (metadata: object) => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { namespace: "payments", name: "api", ...metadata },
});

describe("from Pod Identity to IRSA", () => {
  const old = ["podIdentity/association", "podIdentity/role"];
  const cases = {
    "the new role is not there": { create: false, observed: { podIdentity }, needs: "the role" },
    "the developer's ServiceAccount is not annotated": {
      create: false,
      observed: { podIdentity, irsa },
      required: [account({})],
      needs: `the ServiceAccount payments/api to have the annotation eks.amazonaws.com/role-arn: ${arn("irsa")}`,
    },
    "our ServiceAccount is not annotated yet": {
      create: true,
      observed: { podIdentity, irsa, serviceAccount: { metadata: { name: "api" } } },
      needs: `the ServiceAccount payments/api to have the annotation eks.amazonaws.com/role-arn: ${arn("irsa")}`,
    },
    "an XBucket has its policy at the old role": {
      create: false,
      observed: { podIdentity, irsa },
      required: [account(annotation("irsa")), attachment(externalNameOf("PodIdentity"))],
      needs: "XBucket receipts to attach its policy to the other role",
    },
  };
  test.each(Object.entries(cases))("what there was stays while %s", (_, { create, observed, needs, ...rest }) => {
    const required = "required" in rest ? rest.required : [];
    const { removed, resources, waiting } = run(identity, { xr: xrOf("IRSA", create), input, observed, required });
    expect(removed).toEqual([]);
    expect(Object.keys(resources)).toEqual(expect.arrayContaining(old));
    expect(waiting["podIdentity"]).toBe(needs);
  });

  test("what there was goes once all of it is there", () => {
    const required = [account(annotation("irsa")), attachment(externalNameOf("IRSA"))];
    const observed = { podIdentity, irsa };
    expect(run(identity, { xr: xrOf("IRSA", false), input, observed, required }).removed).toEqual(old);
  });

  test("our ServiceAccount keeps its annotations until the new role works, and then has it", () => {
    const made = (observed: object) =>
      run(identity, { xr: xrOf("IRSA", true), input, observed }).desired.serviceAccount?.metadata?.annotations;
    const serviceAccount = { metadata: { name: "api", annotations: { team: "core" } } };
    expect(made({ podIdentity, serviceAccount })).toMatchObject({ team: "core" });
    expect(made({ podIdentity, serviceAccount })).not.toHaveProperty("eks.amazonaws.com/role-arn");
    expect(made({ podIdentity, irsa, serviceAccount })).toMatchObject(annotation("irsa").annotations);
  });
});

describe("from IRSA to Pod Identity", () => {
  test("the role stays until the association works, and then goes", () => {
    const go = (observed: object) => run(identity, { xr: xrOf("PodIdentity", false), input, observed });
    const early = go({ irsa, podIdentity: { role: podIdentity.role } });
    expect(early.removed).toEqual([]);
    expect(early.waiting).toEqual({ irsa: "the Pod Identity association" });
    expect(go({ irsa, podIdentity }).removed).toEqual(["irsa/role"]);
  });
});
