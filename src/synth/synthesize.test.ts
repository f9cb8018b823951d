import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Composes, formerly, many } from "../function/index.js";
import { iam, protection, s3, v1 } from "../models/index.js";
import { kind } from "../resource/index.js";
import { defineXRD, legacy, list, object, string } from "../schema/index.js";
import { type ConfigurationProps } from "./package-props.js";
import { step } from "./step.js";
import { type Definitions, synthesize } from "./synthesize.js";

const XLamp = defineXRD({
  group: "example.org",
  version: "v1alpha1",
  kind: "XLamp",
  spec: object({ room: string({ maxLength: 63 }).default("on") }),
  status: object({ lit: string().optional() }),
});
const LegacyXLamp = legacy(XLamp, { kind: "LegacyXLamp", claim: { kind: "Lamp" } });

const lamp = {
  name: "lamp",
  composite: [XLamp, LegacyXLamp],
  input: object({
    account: string({ maxLength: 12 }),
    rooms: list(string({ maxLength: 63 }), { maxItems: 9 }).default([]),
  }),
};
const plain = { name: "plain", composite: [XLamp], input: object({}) };

const lamps = {
  name: "xlamps",
  composite: XLamp,
  pipeline: [step(lamp, { input: { account: "1" } }), { step: "ready", functionRef: { name: "function-auto-ready" } }],
};
const legacyLamps = {
  name: "legacyxlamps",
  composite: LegacyXLamp,
  pipeline: [step(lamp, { input: { account: "1" }, name: "compose", functionRef: "acme-function-lamp" })],
  writeConnectionSecretsToNamespace: "crossplane-system",
};

const definitions: Definitions = {
  xrds: [XLamp, LegacyXLamp],
  compositions: [lamps, legacyLamps],
  packages: [
    {
      kind: "Configuration",
      name: "lamps",
      crossplane: ">=v2.0.0",
      annotations: { "meta.crossplane.io/license": "Apache-2.0" },
      dependsOn: [{ kind: "Function", package: "registry.example.org/acme/function-lamp", version: ">=v0.1.0" }],
      compositions: [lamps],
    },
    { kind: "Function", function: lamp },
    { kind: "Function", function: plain, name: "plain-lamp" },
  ],
};
const files = synthesize(definitions);
const read = (path: string): unknown => parse(files.get(path) ?? "");

describe("synthesize", () => {
  test("lays files out so that each package is a whole root", () => {
    expect([...files.keys()]).toEqual([
      "compositions/legacyxlamps.yaml",
      "compositions/xlamps.yaml",
      "package/function-lamp/crossplane.yaml",
      "package/function-lamp/input.yaml",
      "package/lamps/compositions/xlamps.yaml",
      "package/lamps/crossplane.yaml",
      "package/lamps/xrds/xlamp.yaml",
      "package/plain-lamp/crossplane.yaml",
      "xrds/legacyxlamp.yaml",
      "xrds/xlamp.yaml",
    ]);
    expect(files.get("package/lamps/xrds/xlamp.yaml")).toBe(files.get("xrds/xlamp.yaml"));
    expect(files.get("package/lamps/compositions/xlamps.yaml")).toBe(files.get("compositions/xlamps.yaml"));
  });

  test("heads each file with where it is from", () => {
    for (const text of files.values()) {
      expect(text).toMatch(/^# Generated from trimtab\.config\.ts by trimtab synth\. Do not edit\.\napiVersion: /);
    }
  });

  test("gives the same bytes each time", () => {
    expect([...synthesize(definitions)]).toEqual([...files]);
  });

  describe("what a Configuration's functions compose", () => {
    const { Secret } = v1;
    const configuration = (composes: Composes | undefined, more: Partial<ConfigurationProps> = {}) => {
      const compositions = [{ ...lamps, pipeline: [step({ ...plain, ...(composes && { composes }) })] }];
      const props: ConfigurationProps = { kind: "Configuration", name: "lamps", compositions, ...more };
      const made = synthesize({ xrds: [], compositions, packages: [props] });
      const policy = made.get("package/lamps/activation-policy.yaml");
      const role = made.get("package/lamps-rbac.yaml");
      return { activated: policy && parse(policy).spec.activate, granted: role && parse(role).rules };
    };
    const verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];
    const cases: Readonly<
      Record<
        string,
        {
          reason: string;
          composes?: Composes;
          more?: Partial<ConfigurationProps>;
          activated?: readonly string[];
          granted?: readonly object[];
        }
      >
    > = {
      "managed kinds": {
        reason: "each once, wherever it is declared, by the name of its definition",
        composes: {
          policy: iam.Policy,
          controls: formerly("ownership", s3.BucketOwnershipControls),
          each: many({ bucket: s3.Bucket, group: { bucket: s3.Bucket } }),
        },
        activated: [
          "policies.iam.aws.m.upbound.io",
          "bucketownershipcontrols.s3.aws.m.upbound.io",
          "buckets.s3.aws.m.upbound.io",
        ],
      },
      "kinds of hand-written models": {
        reason: "they are taken for managed unless they say otherwise",
        composes: { shelf: kind("example.com/v1", "Shelf", { plural: "shelves" }) },
        activated: ["shelves.example.com"],
      },
      "what Crossplane may work with anyway": {
        reason: "its ClusterRole has these",
        composes: { secret: Secret, usage: protection.Usage, deployment: kind("apps/v1", "Deployment") },
      },
      "XRs of the project": {
        reason: "Crossplane's RBAC manager sees to them",
        composes: { lamp: kind("example.org/v1alpha1", "XLamp") },
      },
      "kinds that nobody grants": {
        reason: "Kubernetes' own, and those that say that no provider manages them",
        composes: {
          ingress: kind("networking.k8s.io/v1", "Ingress"),
          policy: kind("networking.k8s.io/v1", "NetworkPolicy"),
          quota: kind("v1", "ResourceQuota"),
          certificate: kind("cert-manager.io/v1", "Certificate", { managed: false }),
        },
        granted: [
          { apiGroups: [""], resources: ["resourcequotas"], verbs },
          { apiGroups: ["cert-manager.io"], resources: ["certificates"], verbs },
          { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs },
        ],
      },
      "a function that does not say": { reason: "nothing can be known of it" },
      "what the package says besides": {
        reason: "for functions of elsewhere",
        composes: { bucket: s3.Bucket },
        more: { activate: ["*.rds.aws.m.upbound.io", "buckets.s3.aws.m.upbound.io"] },
        activated: ["buckets.s3.aws.m.upbound.io", "*.rds.aws.m.upbound.io"],
      },
    };
    test.each(Object.entries(cases))("%s", (_, { reason, composes, more, activated, granted }) => {
      expect(configuration(composes, more), reason).toEqual({ activated, granted });
    });

    test("is activated by the package, and granted beside it", () => {
      const composes = { bucket: s3.Bucket, ingress: kind("networking.k8s.io/v1", "Ingress") };
      const compositions = [{ ...lamps, pipeline: [step({ ...plain, composes })] }];
      const props = { kind: "Configuration", name: "lamps", compositions } as const;
      const made = synthesize({ xrds: [], compositions, packages: [props] });
      expect(parse(made.get("package/lamps/activation-policy.yaml") ?? "")).toMatchObject({
        apiVersion: "apiextensions.crossplane.io/v1alpha1",
        kind: "ManagedResourceActivationPolicy",
        metadata: { name: "lamps" },
      });
      expect(parse(made.get("package/lamps-rbac.yaml") ?? "")).toMatchObject({
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: {
          name: "lamps:aggregate-to-crossplane",
          labels: { "rbac.crossplane.io/aggregate-to-crossplane": "true" },
        },
      });
    });
  });

  test("quotes what YAML 1.1 would read as something else", () => {
    expect(files.get("xrds/xlamp.yaml")).toContain('default: "on"');
  });

  test("writes XRDs: v2, and v1 for claims", () => {
    expect(read("xrds/xlamp.yaml")).toMatchObject({
      apiVersion: "apiextensions.crossplane.io/v2",
      kind: "CompositeResourceDefinition",
      metadata: { name: "xlamps.example.org" },
      spec: { scope: "Namespaced", names: { kind: "XLamp" } },
    });
    expect(read("xrds/legacyxlamp.yaml")).toMatchObject({
      apiVersion: "apiextensions.crossplane.io/v1",
      spec: { claimNames: { kind: "Lamp" } },
    });
  });

  test("writes Compositions, with input of the function's own kind", () => {
    expect(read("compositions/xlamps.yaml")).toEqual({
      apiVersion: "apiextensions.crossplane.io/v1",
      kind: "Composition",
      metadata: { name: "xlamps" },
      spec: {
        compositeTypeRef: { apiVersion: "example.org/v1alpha1", kind: "XLamp" },
        mode: "Pipeline",
        pipeline: [
          {
            step: "lamp",
            functionRef: { name: "function-lamp" },
            input: { apiVersion: "lamp.fn.example.org/v1alpha1", kind: "Input", account: "1" },
          },
          { step: "ready", functionRef: { name: "function-auto-ready" } },
        ],
      },
    });
    expect(read("compositions/legacyxlamps.yaml")).toMatchObject({
      spec: {
        writeConnectionSecretsToNamespace: "crossplane-system",
        pipeline: [{ step: "compose", functionRef: { name: "acme-function-lamp" } }],
      },
    });
  });

  test("writes the metadata of packages", () => {
    expect(read("package/lamps/crossplane.yaml")).toEqual({
      apiVersion: "meta.pkg.crossplane.io/v1",
      kind: "Configuration",
      metadata: { name: "lamps", annotations: { "meta.crossplane.io/license": "Apache-2.0" } },
      spec: {
        crossplane: { version: ">=v2.0.0" },
        dependsOn: [
          {
            apiVersion: "pkg.crossplane.io/v1",
            kind: "Function",
            package: "registry.example.org/acme/function-lamp",
            version: ">=v0.1.0",
          },
        ],
      },
    });
    expect(read("package/plain-lamp/crossplane.yaml")).toEqual({
      apiVersion: "meta.pkg.crossplane.io/v1",
      kind: "Function",
      metadata: { name: "plain-lamp" },
      spec: { capabilities: ["composition"] },
    });
  });

  test("writes the definition of a function's input", () => {
    expect(read("package/function-lamp/input.yaml")).toMatchObject({
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "inputs.lamp.fn.example.org" },
      spec: {
        group: "lamp.fn.example.org",
        names: { kind: "Input", plural: "inputs" },
        versions: [
          {
            name: "v1alpha1",
            schema: {
              openAPIV3Schema: {
                type: "object",
                required: ["account"],
                properties: { account: { type: "string" }, rooms: { default: [] }, apiVersion: { type: "string" } },
              },
            },
          },
        ],
      },
    });
  });

  test("refuses input that the API server would refuse to define", () => {
    const unbounded = list(string()).rule("self.all(x, self.exists_one(y, x == y))", "must differ");
    const costly = { ...lamp, input: object({ rooms: unbounded }) };
    expect(() =>
      synthesize({ xrds: [], compositions: [], packages: [{ kind: "Function", function: costly }] }),
    ).toThrow(/^cannot define the input of the function lamp: input\.rooms/);
  });

  test("refuses two definitions with one path", () => {
    const other = defineXRD({ ...XLamp, group: "example.com" });
    expect(() => synthesize({ xrds: [XLamp, other], compositions: [], packages: [] })).toThrow(
      "cannot synthesise xrds/xlamp.yaml: two definitions have that name; rename one",
    );
  });

  test.each([
    {
      name: "an empty pipeline",
      props: { pipeline: [] },
      says: "cannot define the Composition xlamps: pipeline is empty",
    },
    {
      name: "two steps of one name",
      props: { pipeline: [...lamps.pipeline, ...lamps.pipeline] },
      says: "cannot define the Composition xlamps: pipeline has two steps lamp",
    },
    {
      name: "a namespace for connection Secrets that nobody has",
      props: { writeConnectionSecretsToNamespace: "x" },
      says: "writeConnectionSecretsToNamespace is for XRDs with a claim, which XLamp is not",
    },
  ])("refuses $name", ({ props, says }) => {
    expect(() => synthesize({ xrds: [], compositions: [{ ...lamps, ...props }], packages: [] })).toThrow(says);
  });
});
