import { describe, expect, test } from "vitest";
import { objectsIn, type PackageKind, packageStream } from "./package-objects.js";

const metadata = (kind: PackageKind) => `# Generated from trimtab.config.ts by trimtab synth. Do not edit.
apiVersion: meta.pkg.crossplane.io/v1
kind: ${kind}
metadata:
  name: lamps
`;
const object = (apiVersion: string, kind: string) => `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: one
`;
const file = (kind: PackageKind, text: string) =>
  packageStream(
    kind,
    new Map([
      ["a.yaml", text],
      ["crossplane.yaml", metadata(kind)],
    ]),
  );

describe("packageStream", () => {
  test("has the metadata first, and no word of where files are from", () => {
    expect(file("Configuration", object("apiextensions.crossplane.io/v1", "Composition"))).toBe(
      `---
apiVersion: meta.pkg.crossplane.io/v1
kind: Configuration
metadata:
  name: lamps
---
apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata:
  name: one
`,
    );
  });

  test("takes files of several documents, and those without a line break at their end", () => {
    const two = `---\n${object("ops.crossplane.io/v1alpha1", "Operation")}---\n${object("ops.crossplane.io/v1alpha1", "CronOperation")}`;
    const stream = file("Configuration", two.trimEnd());
    expect(objectsIn("package.yaml", stream).map(({ kind }) => kind)).toEqual([
      "Configuration",
      "Operation",
      "CronOperation",
    ]);
  });

  const allowed: readonly (readonly [PackageKind, string, string])[] = [
    ["Configuration", "apiextensions.crossplane.io/v1", "Composition"],
    ["Configuration", "apiextensions.crossplane.io/v2", "CompositeResourceDefinition"],
    ["Configuration", "apiextensions.crossplane.io/v1alpha1", "ManagedResourceActivationPolicy"],
    ["Configuration", "ops.crossplane.io/v1alpha1", "WatchOperation"],
    ["Function", "apiextensions.k8s.io/v1", "CustomResourceDefinition"],
  ];
  test.each(allowed)("lets a %s bring %s %s", (kind, apiVersion, brought) => {
    expect(file(kind, object(apiVersion, brought))).toContain(`kind: ${brought}\n`);
  });

  const refused: Readonly<Record<string, { kind: PackageKind; text: string; says: string }>> = {
    "a ClusterRole": {
      kind: "Configuration",
      text: object("rbac.authorization.k8s.io/v1", "ClusterRole"),
      says: "a.yaml: a Configuration may not bring the ClusterRole one, only CompositeResourceDefinition, Composition, ",
    },
    "a Composition in a Function": {
      kind: "Function",
      text: object("apiextensions.crossplane.io/v1", "Composition"),
      says: "a.yaml: a Function may not bring the Composition one, only CustomResourceDefinition; apply it beside the package",
    },
    "what is no object": {
      kind: "Configuration",
      text: "a: 1\n",
      says: "a.yaml: it has a document that is no object with apiVersion, kind and metadata.name",
    },
    "what is no YAML": { kind: "Configuration", text: "a: b: c\n", says: "a.yaml: cannot read YAML: line 1" },
    "metadata twice": {
      kind: "Configuration",
      text: metadata("Configuration"),
      says: "there are 2 files with metadata, not one",
    },
  };
  test.each(Object.entries(refused))("refuses %s", (_, { kind, text, says }) => {
    expect(() => file(kind, text)).toThrow(says);
  });
});
