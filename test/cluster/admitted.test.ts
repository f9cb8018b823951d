import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { type Resource } from "../../src/resource/resource.js";
import { providerCRDsFor } from "../support/provider-crds.js";
import { repository } from "../support/repository.js";
import { objectIn, objectsIn } from "../support/yaml-objects.js";
import { crossplaneCRD } from "../tools/index.js";
import { Client } from "./client.js";
import { projectCRDs } from "./project-crds.js";

// What the examples say to apply, and all that is composed of them, is admitted by a real API server: server-side
// apply, with every unknown field an error of the test.

const client = new Client(inject("apiServer"));
const crds = providerCRDsFor("that the API server admits what is composed");
const folder = join(repository, "examples");
const files = ["claim.yaml", "identity.yaml", "xr.yaml", "deployment.yaml", "rendered.yaml", "reconciled.yaml"];

const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => files.map((file) => join(name, file)))
  .filter((file) => existsSync(join(folder, file)))
  .map((file) => [file, objectsIn(join(folder, file)).filter(isApplied).filter(isKnownTo(file))] as const);

describe.skipIf(crds.length === 0)("admitted", () => {
  beforeAll(async () => {
    const usages = objectIn(await crossplaneCRD("protection.crossplane.io_usages"));
    await client.installCRDs([...crds, ...projectCRDs, usages]);
    await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "payments" } });
  });

  test("there are examples, and things composed of them", () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(cases.flatMap(([, objects]) => objects).length).toBeGreaterThan(600);
  });

  test.each(cases)("%s", async (_, objects) => {
    for (const object of objects) {
      const { status: _, ...written } = object;
      const stored = await client.apply(written, { dryRun: true, manager: "example" });
      expect(stored.kind).toBe(object.kind);
      // A field that the schema does not know would be pruned in silence.
      expect(stored["spec"]).toEqual(within(object.spec ?? {}));
      expect(stored["data"]).toEqual((object as unknown as Record<string, unknown>)["data"]);
    }
  });
});

/** All but XRs of an XRD of the example's own, which nobody has installed. */
function isKnownTo(file: string): (object: Resource) => boolean {
  const xrd = join(folder, dirname(file), "xrd.yaml");
  const names = existsSync(xrd)
    ? (objectIn(xrd).spec as { readonly names: { readonly kind: string } }).names
    : undefined;
  return ({ kind }) => kind !== names?.kind;
}

/** Each field must be stored; what is stored beside them are defaults. */
function within(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(within);
  if (typeof value !== "object" || value === null) return value;
  return expect.objectContaining(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, within(inner)])));
}

/** What render prints beside objects, such as results, nobody applies. */
function isApplied({ apiVersion }: Resource): boolean {
  return apiVersion !== "render.crossplane.io/v1beta1";
}
