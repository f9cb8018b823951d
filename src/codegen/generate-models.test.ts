import { describe, expect, test } from "vitest";
import { type OpenAPI } from "../schema/index.js";
import { type GenerateOptions, generateModels } from "./generate-models.js";

interface Given {
  readonly group?: string;
  readonly kind?: string;
  readonly scope?: string;
  readonly schema?: OpenAPI;
}

const text: OpenAPI = { type: "string" };

function crd({ group = "s3.example.org", kind = "Shelf", scope = "Namespaced", schema = {} }: Given): object {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${kind.toLowerCase()}s.${group}` },
    spec: {
      group,
      names: { kind },
      scope,
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
}

function object(properties: Readonly<Record<string, OpenAPI>>, ...required: readonly string[]): OpenAPI {
  return { type: "object", properties, required };
}

/** A managed resource with these parameters. */
function managedSchema(parameters: OpenAPI, more: OpenAPI = {}): OpenAPI {
  const spec = { ...object({ forProvider: parameters, initProvider: parameters, managementPolicies: {} }), ...more };
  return object({ spec, status: object({ atProvider: object({ arn: text }), conditions: { type: "array" } }) }, "spec");
}

function generate(given: Given, options?: GenerateOptions): string {
  return [...generateModels([crd(given)], options).values()].join("");
}

test("a managed resource is one interface and one value", () => {
  const schema = managedSchema(
    object({ region: text, tags: { type: "object", additionalProperties: text } }, "region"),
  );
  expect(generate({ schema })).toBe(`// Generated from the CRDs of s3.example.org. Do not edit.
import { kind, type Managed } from "trimtab";

export interface Shelf extends Managed<"s3.example.org/v1", "Shelf", {
  readonly region: string;
  readonly tags?: { readonly [key: string]: string };
}, {
  readonly arn?: string;
}> {}
export const Shelf = kind<Shelf>("s3.example.org/v1", "Shelf");
`);
});

test("another kind of the cluster's is written out, with what makes it a Resource", () => {
  const schema = object(
    { spec: object({ url: text }, "url"), status: object({ phase: text }), apiVersion: text, kind: text, metadata: {} },
    "spec",
  );
  expect(
    generate({ kind: "Origin", scope: "Cluster", schema }),
  ).toBe(`// Generated from the CRDs of s3.example.org. Do not edit.
import { type Condition, kind, type ObservedMetadata } from "trimtab";

export interface Origin {
  readonly apiVersion: "s3.example.org/v1";
  readonly kind: "Origin";
  readonly metadata?: ObservedMetadata;
  readonly spec: {
    readonly url: string;
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly Condition[];
  };
}
export const Origin = kind<Origin>("s3.example.org/v1", "Origin", { scope: "Cluster", managed: false, ready: () => true });
`);
});

describe("what is required", () => {
  test("may stand in a rule of the spec", () => {
    const rules = [
      { rule: "…", message: "spec.forProvider.policy is a required parameter" },
      { rule: "…", message: "maxDelay must not be less than baseDelay" },
    ];
    const schema = managedSchema(object({ policy: text, other: text }), { "x-kubernetes-validations": rules });
    expect(generate({ schema })).toContain("  readonly policy: string;\n  readonly other?: string;\n");
  });

  test("may stand in a rule of a kind that is written out, too", () => {
    const rules = [{ rule: "…", message: "spec.forProvider.policy is a required parameter" }];
    const schema = managedSchema(object({ policy: text }), { "x-kubernetes-validations": rules });
    expect(generate({ scope: "Cluster", schema })).toContain("      readonly policy: string;\n");
  });
});

describe("how a kind is named in the API", () => {
  const cases: Readonly<Record<string, { kind: string; plural?: string; says: string | undefined }>> = {
    "is left out where it is regular": { kind: "Policy", plural: "policies", says: undefined },
    "is left out where the CRD does not say": { kind: "Policy", says: undefined },
    "is said where it is not": { kind: "Controls", plural: "controls", says: 'plural: "controls"' },
  };
  test.each(Object.entries(cases))("%s", (_, { kind, plural, says }) => {
    const { spec, ...rest } = crd({ kind, schema: managedSchema(object({})) }) as { readonly spec: object };
    const named = { ...rest, spec: { ...spec, names: { kind, ...(plural && { plural }) } } };
    const [generated = ""] = generateModels([named]).values();
    expect(/plural: "\w+"/.exec(generated)?.[0]).toBe(says);
  });
});

test("a kind of no provider's says so", () => {
  expect(generate({ schema: object({ spec: object({ url: text }) }) })).toContain("managed: false");
  expect(generate({ schema: managedSchema(object({ url: text })) })).not.toContain("managed:");
  expect(generate({ scope: "Cluster", schema: managedSchema(object({ url: text })) })).not.toContain("managed:");
});

test("a managed resource with more in its spec than is common is written out", () => {
  const schema = object({ spec: object({ forProvider: object({ a: text }), watch: { type: "boolean" } }) });
  const generated = generate({ schema });
  expect(generated).toContain("export interface Shelf {\n");
  expect(generated).toContain("    readonly watch?: boolean;\n");
});

test("the version that is stored is taken", () => {
  const version = (name: string, storage: boolean) => ({ name, storage, schema: { openAPIV3Schema: {} } });
  const spec = {
    group: "s3.example.org",
    names: { kind: "Shelf" },
    scope: "Namespaced",
    versions: [version("v2alpha1", false), version("v1", true), version("v1beta1", false)],
  };
  const [generated = ""] = generateModels([{ ...crd({}), spec }]).values();
  expect(generated).toContain('kind<Shelf>("s3.example.org/v1", "Shelf"');
  expect(generated).not.toContain("alpha");
});

describe("readiness", () => {
  const conditions: OpenAPI = { type: "array" };
  const cases: Readonly<Record<string, { kind: string; status: OpenAPI; exists: boolean }>> = {
    "of a kind with conditions is read from them": { kind: "Shelf", status: object({ conditions }), exists: false },
    "of a kind without conditions is to exist": { kind: "Shelf", status: object({ phase: text }), exists: true },
    "of a ProviderConfig is to exist": {
      kind: "ProviderConfig",
      status: object({ conditions, users: {} }),
      exists: true,
    },
    "of a kind that keeps unknown fields is read from them": {
      kind: "Shelf",
      status: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
      exists: false,
    },
  };
  test("of a managed resource is read from its conditions, whatever its schema says of them", () => {
    expect(generate({ schema: object({ spec: object({ forProvider: object({}) }) }) })).not.toContain("ready:");
  });
  test.each(Object.entries(cases))("%s", (_, { kind, status, exists }) => {
    expect(generate({ kind, schema: object({ status }) }).includes("ready: () => true")).toBe(exists);
  });
});

describe("names", () => {
  const cases = {
    "a dash is no part of an identifier": { kind: "My-shelf", identifier: "MyShelf" },
    "a reserved word": { kind: "class", identifier: "classKind" },
    "a type of TypeScript's": { kind: "string", identifier: "stringKind" },
    "what generated code imports": { kind: "Ref", identifier: "RefKind" },
    "the function that it calls": { kind: "kind", identifier: "kindKind" },
  };
  test.each(Object.entries(cases))("%s", (_, { kind, identifier }) => {
    expect(generate({ kind })).toContain(
      `export const ${identifier} = kind<${identifier}>("s3.example.org/v1", "${kind}"`,
    );
  });

  test("two kinds that differ in a dash: the plain one keeps its name", () => {
    const [generated = ""] = generateModels([crd({ kind: "My-Shelf" }), crd({ kind: "MyShelf" })]).values();
    expect(generated).toContain('kind<MyShelf>("s3.example.org/v1", "MyShelf"');
    expect(generated).toContain('kind<MyShelfKind>("s3.example.org/v1", "My-Shelf"');
  });
});

describe("files", () => {
  test("are one for each group, and the same in whatever order CRDs come", () => {
    const crds = [crd({ kind: "Tray" }), crd({ group: "iam.example.org", kind: "Key" }), crd({ kind: "Shelf" })];
    const files = generateModels(crds);
    expect([...files.keys()]).toEqual(["iam.ts", "s3.ts"]);
    expect(files.get("s3.ts")).toMatch(/const Shelf.*const Tray/s);
    expect([...generateModels(crds.toReversed())]).toEqual([...files]);
  });

  test("of groups with the same first label have the whole group's name", () => {
    const groups = ["s3.example.org", "s3.m.example.org", "iam.example.org"];
    const files = generateModels(groups.map((group) => crd({ group })));
    expect([...files.keys()]).toEqual(["iam.ts", "s3-example-org.ts", "s3-m-example-org.ts"]);
  });
});

describe("options", () => {
  const described = { ...text, description: "What it is for.\nEnds a comment: */ not." };
  const schema = { ...managedSchema(object({ purpose: described })), description: "A shelf." };

  test("no description is taken over unless it is asked for", () => {
    expect(generate({ schema })).not.toMatch(/shelf\.|What it is/);
  });

  test("docs makes doc comments of descriptions", () => {
    const generated = generate({ schema }, { docs: true });
    expect(generated).toContain("/** A shelf. */\nexport interface Shelf ");
    expect(generated).toContain("  /** What it is for. Ends a comment: *\\/ not. */\n  readonly purpose?: string;\n");
  });

  test("docs wraps long descriptions", () => {
    const long = { ...text, description: "word ".repeat(60) };
    const generated = generate({ schema: managedSchema(object({ purpose: long })) }, { docs: true });
    expect(generated).toContain("  /**\n   * word word");
    expect(Math.max(...generated.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(generated.match(/\bword\b/g)).toHaveLength(60);
  });

  test("source stands in the first line", () => {
    expect(generate({}, { source: "provider-shelf\nv1.0.0" })).toMatch(
      /^\/\/ Generated from the CRDs of s3\.example\.org, provider-shelf v1\.0\.0\. Do not edit\.\n/,
    );
  });

  const runtimes = {
    "a module": { runtime: "trimtab", says: 'import { kind, type Managed } from "trimtab";\n' },
    "a module of the project": { runtime: "./kinds.js", says: 'import { kind, type Managed } from "./kinds.js";\n' },
    "a folder": {
      runtime: "../../resource/",
      says: 'import { kind } from "../../resource/kind.js";\nimport { type Managed } from "../../resource/managed.js";\n',
    },
  };
  test.each(Object.entries(runtimes))("runtime may be %s", (_, { runtime, says }) => {
    expect(generate({ schema }, { runtime })).toContain(says);
  });
});

describe("what cannot be read is refused by name", () => {
  const spec = { group: "s3.example.org", names: { kind: "Shelf" }, scope: "Namespaced", versions: [] };
  const base = { ...crd({}), metadata: { name: "shelves" } };
  const named = "cannot generate models from CustomResourceDefinition shelves: ";
  const cases = {
    "another kind": {
      value: { apiVersion: "v1", kind: "Secret", metadata: { name: "a" } },
      says: "cannot generate models from Secret a: it is Secret of v1; give a CustomResourceDefinition",
    },
    "an older CRD": {
      value: { ...base, apiVersion: "apiextensions.k8s.io/v1beta1" },
      says: `${named}it is CustomResourceDefinition of apiextensions.k8s.io/v1beta1`,
    },
    "no object of Kubernetes": {
      value: {},
      says: "cannot generate models from object 1: it is no kind of no apiVersion",
    },
    "no stored version": { value: { ...base, spec }, says: `${named}no entry of spec.versions has storage: true` },
    "no schema": {
      value: { ...base, spec: { ...spec, versions: [{ name: "v1", storage: true }] } },
      says: `${named}its version v1 has no schema`,
    },
    "a plural that is none": {
      value: { ...base, spec: { ...spec, names: { kind: "Shelf", plural: 'a"b' } } },
      says: `${named}spec.names.plural "a\\"b" is not a DNS label`,
    },
    "a group that is none": { value: { ...base, spec: { ...spec, group: "../a" } }, says: `${named}spec.group "../a"` },
    "a kind that is none": {
      value: { ...base, spec: { ...spec, names: { kind: "A;B" } } },
      says: `${named}spec.names.kind "A;B"`,
    },
    "a scope that is none": {
      value: { ...base, spec: { ...spec, scope: "Galaxy" } },
      says: `${named}spec.scope "Galaxy"`,
    },
  };
  test.each(Object.entries(cases))("%s", (_, { value, says }) => {
    expect(() => generateModels([value])).toThrow(says);
  });

  test("by the name that the caller gives it", () => {
    expect(() => generateModels([{}], { nameOf: () => "crds/readme.yaml" })).toThrow(
      "cannot generate models from crds/readme.yaml: ",
    );
  });

  test("and so is a kind that is given twice", () => {
    expect(() => generateModels([crd({}), crd({})])).toThrow("both define Shelf of s3.example.org");
  });
});
