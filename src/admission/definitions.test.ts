import { describe, expect, test } from "vitest";
import { celRules } from "../schema/cel-rules.js";
import { definitions } from "./definitions.js";

const crd = (schema: object = {}, more: object = {}) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "lamps.example.org" },
  spec: {
    group: "example.org",
    scope: "Namespaced",
    names: { kind: "Lamp", plural: "lamps" },
    versions: [
      { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object", ...schema } } },
      { name: "v0", served: false, storage: false, schema: { openAPIV3Schema: { type: "object" } } },
    ],
    ...more,
  },
});

const lamp = (fields: object = {}) => ({
  apiVersion: "example.org/v1",
  kind: "Lamp",
  metadata: { name: "a" },
  ...fields,
});
const withSpec = (properties: object, more: object = {}) =>
  crd({ properties: { spec: { type: "object", properties, ...more } } });
const one = (object: object) => definitions([{ object, from: "lamps.yaml" }]);

function problemsOf(definition: object, object: unknown): readonly string[] | undefined {
  const admission = one(definition).admit(object, { namespace: "default", rules: celRules });
  return admission?.problems.map(({ message, path }) => `${path} ${message}`);
}

describe("definitions", () => {
  test("know kinds by group and kind", () => {
    const known = one(crd());
    expect(known.size).toBe(1);
    expect(known.crdOf(lamp())?.spec.names.kind).toBe("Lamp");
    expect(known.crdOf(lamp({ apiVersion: "example.org/v9" }))).toBeDefined();
    for (const object of [
      lamp({ kind: "Lamps" }),
      lamp({ apiVersion: "v1" }),
      lamp({ apiVersion: "other.org/v1" }),
      [],
      1,
    ]) {
      expect(known.crdOf(object)).toBeUndefined();
      expect(known.admit(object)).toBeUndefined();
    }
  });

  test("ask others for what they do not define", () => {
    const others = one(crd());
    const known = definitions([{ object: crd({}, { names: { kind: "Chair" } }), from: "chairs.yaml" }], others);
    expect(known.size).toBe(2);
    expect(known.crdOf(lamp())).toBe(others.crdOf(lamp()));
    const nearer = definitions([{ object: crd({ description: "Another." }), from: "nearer.yaml" }], others);
    expect(nearer.crdOf(lamp())).not.toBe(others.crdOf(lamp()));
  });

  test("may be there twice, but not differ", () => {
    const twice = (second: object) => () =>
      definitions([
        { object: crd(), from: "a.yaml" },
        { object: second, from: "b.yaml" },
      ]);
    expect(twice(crd())().size).toBe(1);
    expect(twice(crd({ description: "Another.", required: [] }, { conversion: { strategy: "None" } }))().size).toBe(1);
    const [first, last] = crd().spec.versions;
    for (const second of [
      crd({ required: ["spec"] }),
      crd({ properties: { description: { type: "string" } } }),
      crd({}, { scope: "Cluster" }),
      crd({}, { versions: [first] }),
      crd({}, { versions: [first, { ...last, served: true }] }),
    ]) {
      expect(twice(second)).toThrow(
        "cannot define Lamp.example.org twice: a.yaml and b.yaml differ; leave one of them out",
      );
    }
  });

  test("may be an XRD and its CRD as they are in a cluster: the CRD counts", () => {
    const xrd = {
      apiVersion: "apiextensions.crossplane.io/v2",
      kind: "CompositeResourceDefinition",
      metadata: { name: "lamps.example.org" },
      spec: {
        group: "example.org",
        names: { kind: "Lamp", plural: "lamps" },
        versions: [
          {
            name: "v1",
            served: true,
            referenceable: true,
            schema: { openAPIV3Schema: { type: "object", required: [] } },
          },
        ],
      },
    };
    const [derived] = [one(xrd).crdOf(lamp())];
    const spec = { ...derived?.spec, conversion: { strategy: "None" } };
    const stored = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: {}, spec };
    const sources = [
      { object: xrd, from: "a.yaml" },
      { object: stored, from: "b.yaml" },
    ];
    for (const each of [sources, sources.toReversed()]) {
      const known = definitions(each);
      expect(known.size).toBe(1);
      expect(known.crdOf(lamp())?.spec).toHaveProperty("conversion");
    }
    const other = { object: { ...stored, spec: { ...spec, scope: "Cluster" } }, from: "c.yaml" };
    expect(() => definitions([...sources, other])).toThrow("c.yaml differ");
  });

  test("name what cannot be used, and where it is from", () => {
    expect(() => one(withSpec({ a: { type: "text" } }))).toThrow(
      /^cannot use CustomResourceDefinition lamps\.example\.org of lamps\.yaml: spec\.versions\[0\]\.schema\.openAPIV3Schema\.properties\[spec\]\.properties\[a\]\.type must be one of /,
    );
  });
});

describe("an object", () => {
  const cases: Readonly<
    Record<
      string,
      {
        readonly crd: object;
        readonly object: unknown;
        readonly problems?: readonly string[];
        readonly reason?: string;
      }
    >
  > = {
    "of a version that is not served": {
      crd: crd(),
      object: lamp({ apiVersion: "example.org/v0" }),
      problems: ['apiVersion must be example.org/v1, not "example.org/v0"'],
    },
    "without a name": { crd: crd(), object: lamp({ metadata: {} }), problems: ["metadata.name is required"] },
    "whose name is to be made": { crd: crd(), object: lamp({ metadata: { generateName: "a-" } }) },
    "whose name is a number": {
      crd: crd({ properties: { metadata: { type: "object", properties: { name: { type: "string" } } } } }),
      object: lamp({ metadata: { name: 0, generateName: "a" } }),
      problems: ["metadata.name must be a string, not 0"],
    },
    "with a label that is none": {
      crd: crd(),
      object: lamp({ metadata: { name: "a", labels: { a: "b c", d: true } } }),
      problems: ["metadata.labels[d] must be a string, not true"],
      reason: "what is no metadata at all is not looked at any further",
    },
    "with a rule about its name": {
      crd: crd({ "x-kubernetes-validations": [{ rule: "self.metadata.name.startsWith('b')", message: "is wrong" }] }),
      object: lamp(),
      problems: [". is wrong"],
    },
    "with a rule about its name that is to be made": {
      crd: crd({ "x-kubernetes-validations": [{ rule: "self.metadata.name.startsWith('a-')" }] }),
      object: lamp({ metadata: { generateName: "a-" } }),
    },
    "with an integer beyond numbers": {
      crd: withSpec({ a: { type: "integer" }, b: { type: "integer" }, c: { type: "integer", maximum: 5 } }),
      object: lamp({ spec: { a: 2n ** 63n - 1n, b: -(2n ** 63n), c: 2n ** 60n } }),
      problems: [`spec.c must be at most 5, not ${2 ** 60}`],
    },
    "with an integer beyond 64 bits": {
      crd: withSpec({ a: { type: "integer" } }),
      object: lamp({ spec: { a: 2n ** 63n } }),
      problems: [`spec.a must be an integer, not ${2 ** 63}`],
    },
    "with a status that is wrong": {
      crd: crd({ properties: { status: { type: "string" } } }),
      object: lamp({ status: 1 }),
      problems: ["status must be a string, not 1"],
    },
  };
  test.each(Object.entries(cases))("%s", (_, { crd, object, problems = [] }) => {
    expect(problemsOf(crd, object)).toEqual(problems);
  });

  const status = (schema: object) => {
    const { spec, ...rest } = crd({ properties: { status: schema } });
    const versions = spec.versions.map((version) => ({ ...version, subresources: { status: {} } }));
    return { ...rest, spec: { ...spec, versions } };
  };

  test("has no status before it is there, and unknown fields of one are named", () => {
    const definition = status({ type: "object", required: ["b"], properties: { a: { type: "string" } } });
    const admission = one(definition).admit(lamp({ status: { a: 1, c: 2 } }), { namespace: "default" });
    expect(admission).toMatchObject({ problems: [], pruned: ["status.c"] });
    expect(admission?.value).toEqual(lamp({ metadata: { name: "a", namespace: "default" } }));
  });

  test("of a namespaced kind is put where the caller says", () => {
    const known = one(crd());
    expect(known.admit(lamp())?.problems).toEqual([{ path: "metadata.namespace", message: "is required" }]);
    expect(known.admit(lamp(), { namespace: "n" })?.value).toEqual(lamp({ metadata: { name: "a", namespace: "n" } }));
    const elsewhere = lamp({ metadata: { name: "a", namespace: "m" } });
    expect(known.admit(elsewhere, { namespace: "n" })?.value).toEqual(elsewhere);
  });

  test("of a cluster-scoped kind loses its namespace", () => {
    const known = one(crd({}, { scope: "Cluster" }));
    const admission = known.admit(lamp({ metadata: { name: "a", namespace: "n" } }), { namespace: "n" });
    expect(admission).toMatchObject({ problems: [], pruned: ["metadata.namespace"] });
    expect(admission?.value).toEqual(lamp());
  });

  test("keeps a name that is to be made", () => {
    const named = lamp({ metadata: { generateName: "a-", namespace: "n" } });
    expect(one(crd()).admit(named)).toMatchObject({ problems: [], value: named });
  });

  test("says what could not be evaluated", () => {
    const definition = withSpec({ a: { type: "string", "x-kubernetes-validations": [{ rule: "isQuantity(self)" }] } });
    const admission = one(definition).admit(lamp({ spec: { a: "1Gi" } }), { namespace: "n", rules: celRules });
    expect(admission?.problems).toEqual([]);
    expect(admission?.unchecked).toMatchObject([
      { path: "spec.a", message: expect.stringContaining("cannot be evaluated") },
    ]);
  });
});

describe("no message holds", () => {
  const secret = "hunter2-hunter2";
  const password = { type: "string", format: "password", maxLength: 3, pattern: "^[0-9]+$" };
  const cases: Readonly<Record<string, { readonly crd: object; readonly spec: object; readonly says: string }>> = {
    "a password that does not fit its pattern": {
      crd: withSpec({ a: { ...password, maxLength: 100 } }),
      spec: { a: secret },
      says: 'spec.a must match ^[0-9]+$, not "***"',
    },
    "a short one": {
      crd: withSpec({ a: password }),
      spec: { a: "pw" },
      says: 'spec.a must match ^[0-9]+$, not "***"',
    },
    "a long one, of which the beginning would be shown": {
      crd: withSpec({ a: { ...password, maxLength: 100 } }),
      spec: { a: secret.repeat(6) },
      says: 'spec.a must match ^[0-9]+$, not "***"',
    },
    "one that is a number": {
      crd: withSpec({ a: password }),
      spec: { a: 12_345 },
      says: "spec.a must be a string, not ***",
    },
    "one in what a rule says": {
      crd: withSpec(
        { a: { type: "string", format: "password", maxLength: 20 } },
        { "x-kubernetes-validations": [{ rule: "false", messageExpression: "'it is ' + self.a" }] },
      ),
      spec: { a: secret },
      says: "spec it is ***",
    },
    "the data of a Secret within": {
      crd: withSpec({
        a: {
          type: "object",
          "x-kubernetes-embedded-resource": true,
          properties: { data: { type: "object", additionalProperties: { type: "string", maxLength: 5 } } },
          "x-kubernetes-validations": [{ rule: "self.data['p'] == 'x'", messageExpression: "'not ' + self.data['p']" }],
        },
      }),
      spec: { a: { apiVersion: "v1", kind: "Secret", data: { p: "aHVu" } } },
      says: "spec.a not ***",
    },
  };
  test.each(Object.entries(cases))("%s", (_, { crd, spec, says }) => {
    expect(problemsOf(crd, lamp({ spec }))).toEqual([says]);
  });
});
