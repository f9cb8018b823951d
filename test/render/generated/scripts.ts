import fc from "fast-check";
import { type Script, type ScriptedResource } from "../script/script.js";
import { annotations, conditions, labels, resourceName } from "./metadata.js";
import { object, text, value } from "./values.js";

/** What functions do. */
export const scripts: fc.Arbitrary<Script> = fc.record(
  {
    resources: fc.dictionary(resourceName, resource(), { maxKeys: 4, noNullPrototype: true }),
    removes: fc.array(resourceName, { maxLength: 1 }),
    composite: composite(),
    results: fc.array(result(), { maxLength: 3 }),
    conditions: fc.array(condition(), { maxLength: 3 }),
    requires: requirements(),
    grows: fc.nat({ max: 4 }),
    context: object,
    counts: fc.constant("calls"),
    upstream: oftenKept("keep", "drop"),
    upstreamContext: oftenKept("keep", "drop", "none"),
    echo: fc.constant("echo"),
    ttl: fc.constantFrom(0, 60),
  },
  { requiredKeys: [] },
);

function resource(): fc.Arbitrary<ScriptedResource> {
  const kind = fc.constantFrom(
    { apiVersion: "v1", kind: "ConfigMap" },
    { apiVersion: "s3.example.org/v1beta1", kind: "Bucket" },
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" },
  );
  const metadata = fc.record(
    {
      name: fc.constantFrom("own", "own.name"),
      generateName: fc.constant("own-"),
      namespace: fc.constantFrom("default", "elsewhere"),
      labels,
      annotations,
    },
    { requiredKeys: [] },
  );
  const status = fc
    .tuple(object, fc.option(conditions, { nil: undefined }))
    .map(([fields, conditions]) => ({ ...fields, ...(conditions && { conditions }) }));
  const fields = fc.record({ metadata, spec: object, data: value, status }, { requiredKeys: [] });
  const manifest = fc
    .tuple(kind, fields)
    .map(([kind, fields]) => ({ ...kind, ...fields }) as ScriptedResource["manifest"]);
  return fc.record(
    { manifest, ready: readiness(), connectionDetails: fc.constant({ password: "x" }) },
    { requiredKeys: ["manifest"] },
  ) as fc.Arbitrary<ScriptedResource>;
}

function composite() {
  return fc.record(
    { status: object, ready: readiness(), connectionDetails: fc.constant({ url: "https://" }) },
    { requiredKeys: [] },
  );
}

function readiness() {
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom("True", "False") }, fc.constantFrom("Unspecified", 7));
}

function result() {
  const severity = fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom("Normal", "Warning") },
    fc.constantFrom("Unspecified", "Fatal", 9),
  );
  return fc.record(
    { severity, message: text, reason: fc.constantFrom("", "Moon", "a b"), target: target() },
    { requiredKeys: ["severity"] },
  );
}

function condition() {
  return fc.record(
    {
      type: fc.constantFrom("Painted", "Mine", "Other", "Ready", "Responsive"),
      status: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom("True", "False") },
        fc.constantFrom("Unknown", "Unspecified", 9),
      ),
      reason: fc.constantFrom("Given", "", "Dry"),
      message: text,
      target: target(),
    },
    { requiredKeys: ["type"] },
  );
}

function target() {
  return fc.constantFrom("Unspecified", "Composite", "CompositeAndClaim");
}

function requirements() {
  const kind = fc.constantFrom(
    { apiVersion: "v1", kind: "ConfigMap" },
    { apiVersion: "example.org/v1", kind: "XThing" },
  );
  const by = fc.oneof(
    fc.record({ name: fc.constantFrom("one", "two", "thing", "none") }),
    fc.record({ labels }),
    fc.constant({}),
  );
  const where = fc.record({ namespace: fc.constantFrom("default", "elsewhere") }, { requiredKeys: [] });
  const selector = fc.tuple(kind, by, where).map(([kind, by, where]) => ({ ...kind, ...by, ...where }));
  const selectors = fc.dictionary(fc.constantFrom("one", "two", "a b"), selector, {
    maxKeys: 2,
    noNullPrototype: true,
  });
  return fc.record({ resources: selectors, extraResources: selectors }, { requiredKeys: [] }) as fc.Arbitrary<
    NonNullable<Script["requires"]>
  >;
}

function oftenKept<T extends string>(keep: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(keep) }, fc.constantFrom(...others));
}
