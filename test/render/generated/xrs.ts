import fc from "fast-check";
import { xrd } from "../both/defaults.js";
import { annotations, conditions, labels, xrName } from "./metadata.js";
import { object, scalar, text, value } from "./values.js";

/** An XR, as an object that others can refer to, and what render is given of it. */
export interface GivenXR {
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string };
  };
  /** Text instead of the object. */
  readonly text?: string;
  readonly xrd?: object;
}

/** XRs: namespaced, of cluster scope, and legacy ones; with an XRD or without. */
export function xrs(): fc.Arbitrary<GivenXR> {
  return fc.oneof(
    { weight: 5, arbitrary: given("Namespaced") },
    { weight: 3, arbitrary: given("Cluster") },
    { weight: 3, arbitrary: given("LegacyCluster") },
    { weight: 2, arbitrary: written() },
  );
}

type Scope = "Namespaced" | "Cluster" | "LegacyCluster";

function given(scope: Scope): fc.Arbitrary<GivenXR> {
  const defined = fc.option(xrds(scope), { nil: undefined });
  return fc
    .record({ object: objects(scope), xrd: scope === "LegacyCluster" ? xrds(scope) : defined })
    .map(withoutUndefined);
}

function objects(scope: Scope): fc.Arbitrary<GivenXR["object"]> {
  const metadata = fc.record(
    {
      name: xrName,
      namespace: fc.constantFrom("default", "team-a"),
      uid: fc.constant("8a1d0c5f-58a5-4e0e-a3a3-0b3d5e58f0a1"),
      generation: fc.nat({ max: 5 }),
      labels: fc.oneof(labels, fc.constantFrom({ "crossplane.io/composite": "parent" }, CLAIM_LABELS)),
      annotations: fc.oneof(
        { weight: 8, arbitrary: annotations },
        fc.constantFrom({ "crossplane.io/paused": "true" }, { "crossplane.io/reconcile-requested-at": "now" }),
      ),
      finalizers: fc.constant(["example.org/keep"]),
    },
    { requiredKeys: scope === "Namespaced" ? ["name", "namespace"] : ["name"] },
  );
  const machinery = fc.record(
    {
      compositionRef: fc.record({ name: fc.constantFrom("things", "other") }),
      compositionUpdatePolicy: fc.constantFrom("Manual", "Automatic"),
      compositionRevisionRef: fc.constant({ name: "things-abc" }),
      claimRef: fc.constant({ apiVersion: "example.org/v1", kind: "Thing", namespace: "default", name: "one" }),
      writeConnectionSecretToRef: fc.constant({ name: "conn", namespace: "default" }),
      resourceRefs: fc.constant([{ apiVersion: "v1", kind: "ConfigMap", name: "one" }]),
    },
    { requiredKeys: [] },
  );
  const spec = fc
    .tuple(object, fc.option(machinery, { nil: undefined, freq: 3 }))
    .map(([fields, own = {}]) => ({ ...fields, ...(scope === "LegacyCluster" ? own : { crossplane: own }) }));
  const status = fc
    .tuple(object, fc.option(conditions, { nil: undefined }))
    .map(([fields, conditions]) => ({ ...fields, ...(conditions && { conditions }) }));
  return fc
    .record({ metadata, spec, status, extra: value }, { requiredKeys: ["metadata"] })
    .map(({ metadata, ...fields }) => {
      const { namespace: _, ...clusterScoped } = metadata;
      return { ...KIND, ...fields, metadata: scope === "Namespaced" ? metadata : clusterScoped } as GivenXR["object"];
    });
}

/** An XR of YAML, as people write it. */
function written(): fc.Arbitrary<GivenXR> {
  const lines = fc.array(fc.tuple(fc.constantFrom("a", "b", "12", "yes", "'q'", '"x y"', "~"), scalar), {
    maxLength: 6,
  });
  return lines.map((entries) => {
    const spec = [...new Map(entries)]
      .filter(([key]) => key !== "~")
      .map(([key, scalar]) => `  ${key}: ${scalar.trimEnd()}\n`);
    const object = { ...KIND, metadata: { name: "thing", namespace: "default" } };
    const head = "apiVersion: example.org/v1\nkind: XThing\nmetadata:\n  name: thing\n  namespace: default\n";
    return { object, text: `${head}${spec.length === 0 ? "" : `spec:\n${spec.join("")}`}` };
  });
}

const CLAIM_LABELS = { "crossplane.io/claim-name": "one", "crossplane.io/claim-namespace": "default" };

const KIND = { apiVersion: "example.org/v1", kind: "XThing" };

function xrds(scope: Scope): fc.Arbitrary<object> {
  const leaf = fc.oneof(
    text.map((text) => ({ type: "string", default: text })),
    fc.integer().map((number) => ({ type: "integer", default: number })),
    fc.boolean().map((flag) => ({ type: "boolean", default: flag })),
    fc.constant({ type: "string" }),
  );
  const properties = (below: fc.Arbitrary<object>) =>
    fc.dictionary(fc.constantFrom("a", "b", "c", "size", "color"), below, { maxKeys: 4, noNullPrototype: true });
  const branch = fc
    .record({ properties: properties(leaf), default: fc.constant({}) }, { requiredKeys: ["properties"] })
    .map((schema) => ({ type: "object", ...schema }));
  const list = leaf.map((leaf) => ({ type: "array", items: { type: "object", properties: { a: leaf } } }));
  const nullable = leaf.map((leaf) => ({ ...leaf, nullable: true }));
  const spec = properties(fc.oneof(leaf, branch, list, nullable));
  const version = scope === "LegacyCluster" ? fc.constant("v1" as const) : fc.constant("v2" as const);
  return fc.tuple(version, spec).map(([version, properties]) =>
    xrd(version, version === "v1" ? {} : { scope }, {
      type: "object",
      properties: { spec: { type: "object", properties } },
    }),
  );
}

function withoutUndefined({ object, xrd }: { object: GivenXR["object"]; xrd: object | undefined }): GivenXR {
  return { object, ...(xrd && { xrd }) };
}
