import fc from "fast-check";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { propertyOptions } from "../support/property-options.js";
import { MemoryCluster } from "./apply/memory-cluster.js";
import { play } from "./apply/play.js";
import { RealCluster } from "./apply/real-cluster.js";
import { type Fields, type Step, type Subject, subjects } from "./apply/steps.js";
import { plainCRD, thingCRD } from "./apply/things.js";
import { Client } from "./client.js";

// The API server in memory does as kube-apiserver does: the same answers, objects and managedFields after each write.

const crds = [thingCRD, plainCRD];
const real = new RealCluster(inject("apiServer"));
const options = propertyOptions({ runs: 60 });

beforeAll(() => new Client(inject("apiServer")).installCRDs(crds));

let count = 0;

/** No two sequences share a name: what has finalizers stays. */
async function expectSame({ apiVersion, kind }: Kind, steps: readonly Step[]): Promise<void> {
  const head = { apiVersion, kind, name: `applied-${++count}` };
  expect(await play(new MemoryCluster(crds), head, steps)).toEqual(await play(real, head, steps));
}

type Kind = Pick<Subject, "apiVersion" | "kind">;

describe("writes of", () => {
  test.each(Object.entries(subjects()))("%s", async (_, { steps, ...kind }) => {
    await fc.assert(
      fc.asyncProperty(steps, (taken) => expectSame(kind, taken)),
      options,
    );
  });
});

describe("writes that chance hardly finds", () => {
  const apply = (fields: Fields, manager = "ann"): Step => ({ what: "apply", manager, fields });
  const update = (fields: Fields): Step => ({ what: "update", manager: "bob", fields, stale: false });
  const [secret, thing] = [
    { apiVersion: "v1", kind: "Secret" },
    { apiVersion: thingCRD.spec.group.concat("/v1"), kind: "Thing" },
  ];
  const held = { metadata: { finalizers: ["example.org/a"] } };
  const cases: Readonly<Record<string, readonly [Kind, ...Step[]]>> = {
    "the type of a Secret is left out": [secret, apply({ type: "example.org/a" }), apply({}), apply({}, "bob")],
    "stringData is applied twice, and then data": [
      secret,
      apply({ stringData: { a: "x" } }),
      apply({ stringData: { a: "x" } }),
      apply({ data: { a: "eQ==" } }),
    ],
    "a finalizer is added to what is deleted, and then the last is removed": [
      thing,
      apply(held),
      { what: "delete", propagation: "Foreground" },
      update({ metadata: { finalizers: ["example.org/a", "foregroundDeletion", "example.org/b"] } }),
      { what: "delete", propagation: "Background" },
      apply({}),
    ],
    "a map is emptied that nobody else has a part in": [
      thing,
      apply({ spec: { count: 1, settings: { a: "x" } } }),
      apply({ spec: { count: 1, settings: {} } }),
      apply({ spec: { count: 1 } }),
    ],
    "what is immutable changes": [thing, apply({ spec: { fixed: "a" } }), apply({ spec: { fixed: "b" } })],
  };
  test.each(Object.entries(cases))("%s", (_, [kind, ...steps]) => expectSame(kind, steps));
});
