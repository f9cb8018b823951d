import fc from "fast-check";
import { observedAs } from "../both/defaults.js";
import { type RenderCase, type Step } from "../both/render-case.js";
import { labels, resourceName } from "./metadata.js";
import { scripts } from "./scripts.js";
import { object, text } from "./values.js";
import { type GivenXR, xrs } from "./xrs.js";

/** Cases of any XR, pipeline, observed and required resources and flags. Most of them succeed. */
export const renderCases: fc.Arbitrary<RenderCase> = xrs().chain((xr) =>
  fc
    .record(
      {
        pipeline: fc.array(step(), { minLength: 1, maxLength: 4 }),
        observed: fc.uniqueArray(observed(xr), {
          selector: ({ metadata }) => metadata.name,
          minLength: 1,
          maxLength: 3,
        }),
        required: fc.array(required(), { minLength: 1, maxLength: 4 }),
        composition: composition(),
        credentials: fc.constant({ ...SECRET, metadata: { name: "cloud", namespace: "default" } }),
        flags: flags(),
      },
      { requiredKeys: ["pipeline", "flags"] },
    )
    .map((rest) => ({
      reason: "generated",
      xr: xr.text ?? xr.object,
      ...(xr.xrd && { xrd: xr.xrd }),
      ...rest,
    })),
);

function step(): fc.Arbitrary<Step> {
  const bootstrap = fc.constant({
    requirements: {
      requiredResources: [
        { requirementName: "one", apiVersion: "v1", kind: "ConfigMap", name: "one", namespace: "default" },
      ],
    },
  });
  // Of those that are there in every other case.
  const credentials = fc.constant({
    credentials: [{ name: "cloud", source: "Secret", secretRef: { namespace: "default", name: "cloud" } }],
  });
  const fn = fc.constantFrom("function-one", "function-two", "function-three");
  return fc
    .tuple(fn, scripts, seldom(bootstrap), seldom(credentials))
    .map(([fn, script, bootstrap, credentials]) => ({ function: fn, script, ...bootstrap, ...credentials }));
}

function observed({ object: xr }: GivenXR) {
  const kind = fc.constantFrom(
    { apiVersion: "v1", kind: "ConfigMap" },
    { apiVersion: "s3.example.org/v1beta1", kind: "Bucket" },
  );
  const name = fc.constantFrom("thing-x1", "thing-x2", "thing-x3");
  const spec = fc.oneof(object, fc.constant({ writeConnectionSecretToRef: { name: "conn", namespace: "default" } }));
  const fields = fc.record({ spec, status: object }, { requiredKeys: [] });
  const more = fc.record({ generateName: fc.constant("thing-"), uid: fc.constant("u-1") }, { requiredKeys: [] });
  return fc.tuple(kind, name, resourceName, more, fields).map(([kind, name, as, more, fields]) => ({
    ...kind,
    metadata: { name, ...observedAs(as, xr), ...more },
    ...fields,
  }));
}

function required(): fc.Arbitrary<object> {
  return fc.oneof({ weight: 4, arbitrary: configMap() }, fc.constantFrom(CLAIM, SECRET));
}

const CLAIM = { apiVersion: "example.org/v1", kind: "Thing", metadata: { name: "one", namespace: "default" } };
const SECRET = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "conn", namespace: "default" },
  data: { password: "c2VjcmV0", binary: "AP/+" },
};

function composition() {
  return fc.record({
    metadata: fc.record({ labels }, { requiredKeys: [] }),
    spec: fc.record({ writeConnectionSecretsToNamespace: fc.constant("default") }, { requiredKeys: [] }),
  });
}

function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, arbitrary);
}

function configMap() {
  const name = fc.constantFrom("one", "two", "three");
  const namespace = fc.constantFrom("default", "elsewhere", undefined);
  return fc.tuple(name, namespace, labels, object).map(([name, namespace, labels, data]) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, ...(namespace !== undefined && { namespace }), labels },
    data,
  }));
}

function flags(): fc.Arbitrary<readonly string[]> {
  const shown = fc.subarray(["-x", "-r", "-c"]);
  const value = fc
    .oneof(text, fc.constantFrom("012", "[a, {b: c}]", "~", "1e3", '{"a": 1}'))
    .filter((value) => !/[\0;,\\]/.test(value));
  const context = fc.option(
    value.map((value) => [`--context-values=a=${JSON.stringify(value)}`]),
    { nil: [], freq: 3 },
  );
  return fc.tuple(shown, context).map(([shown, context]) => [...shown, ...context]);
}
