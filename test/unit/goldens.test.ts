import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { decodeBase64 } from "trimtab";
import { type v1 } from "trimtab/models";
import { reconcile } from "trimtab/render";
import { describe, expect, test } from "vitest";
import { type Condition, type Resource } from "../../src/resource/resource.js";
import project from "../../trimtab.config.js";
import { repository } from "../support/repository.js";
import { objectIn, objectsIn } from "../support/yaml-objects.js";

// What the real Crossplane printed of each example, without Crossplane: the same objects, composed in memory.

const folder = join(repository, "examples");
const all = readdirSync(folder).filter((name) => existsSync(join(folder, name, "xr.yaml")));
// A pipeline of the example's own has functions of others in it.
const examples = all.filter((name) => !existsSync(join(folder, name, "functions.yaml")));
const cases = examples.flatMap((name) => ["rendered.yaml", "reconciled.yaml"].map((file) => [name, file] as const));

test("there are examples of everything, and each was observed", () => {
  expect(examples.length).toBeGreaterThanOrEqual(18);
  for (const name of all) {
    expect(readdirSync(join(folder, name)), name).toEqual(
      expect.arrayContaining(["observed.yaml", "reconciled.yaml", "rendered.yaml"]),
    );
  }
});

describe.each(cases)("%s/%s", (name, file) => {
  const path = (file: string) => join(folder, name, file);
  const xr = objectIn(path("xr.yaml"));
  const own = path("composition.yaml");
  const { fn, input } = existsSync(own) ? stepOf(objectIn(own)) : stepFor(xr);
  const observed = file === "reconciled.yaml" ? objectsIn(path("observed.yaml")) : [];
  const required = existsSync(path("required.yaml")) ? objectsIn(path("required.yaml")) : [];
  const outcome = reconcile(fn, { xr, input, observed, required, connection: connectionOf(observed, required) });
  const printed = objectsIn(path(file));

  test("desires the same objects", () => {
    const composed = printed
      .filter((object) => keyOf(object) !== undefined)
      .map((object) => [keyOf(object), withoutAdded(object)]);
    expect(Object.entries(outcome.resources).map(([key, object]) => [key, withoutAdded(object)])).toEqual(composed);
  });

  test("reports the same status", () => {
    // Crossplane itself notes which conditions the claim shows.
    const { conditions = [], claimConditionTypes: _, ...status } = (printed[0]?.status ?? {}) as Status;
    expect(outcome.status).toEqual(status);
    expect(said(outcome.conditions)).toEqual(said(conditions.filter(({ type }) => !CROSSPLANES.includes(type))));
  });
});

interface CompositionSpec {
  readonly pipeline: readonly { readonly functionRef: { readonly name: string }; readonly input?: unknown }[];
}

interface ConnectionSpec {
  readonly writeConnectionSecretToRef?: { readonly name: string };
}

type Status = NonNullable<Resource["status"]> & { readonly claimConditionTypes?: unknown };

/** The function that composes an XR, and the input that its Composition gives it. */
function stepFor({ apiVersion, kind }: Resource) {
  const composition = project.compositions.find(
    ({ composite }) => composite.kind === kind && `${composite.group}/${composite.version}` === apiVersion,
  );
  const [step] = composition?.pipeline ?? [];
  const fn = project.functions.find(({ name }) => name === step?.function?.name);
  if (!fn) throw new Error(`cannot compose ${kind}: trimtab.config.ts has no Composition of it that runs a function`);
  return { fn, input: step?.input };
}

/** The same of a Composition that the example has itself. */
function stepOf({ spec, metadata }: Resource) {
  const [step] = (spec as CompositionSpec).pipeline;
  const fn = project.functions.find(({ name }) => step?.functionRef.name.endsWith(`-${name}`));
  if (!step || !fn)
    throw new Error(`cannot compose by ${metadata?.name}: its first step runs no function of the project`);
  return { fn, input: step.input };
}

/** What Crossplane hands over of each observed object: what lies in the Secret that it says it writes. */
function connectionOf(observed: readonly Resource[], required: readonly Resource[]) {
  const details = observed.flatMap((object) => {
    const { writeConnectionSecretToRef: ref } = (object.spec ?? {}) as ConnectionSpec;
    const secret = required.find(({ kind, metadata }) => ref && kind === "Secret" && metadata?.name === ref.name);
    const { data } = (secret ?? {}) as Pick<v1.Secret, "data">;
    const text = Object.entries(data ?? {}).map(([key, value]) => [key, decodeBase64(value)]);
    return data ? [[keyOf(object) ?? "", Object.fromEntries(text) as Readonly<Record<string, string>>] as const] : [];
  });
  return Object.fromEntries(details);
}

const CROSSPLANES = ["Synced", "Ready", "Responsive"];

/** What conditions say, whatever their order and their time. */
function said(conditions: readonly Condition[]) {
  const told = conditions.map(({ type, status, reason, message }) => ({ type, status, reason, message }));
  return told.toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

/** The object without what Crossplane adds to it: the namespace too. */
function withoutAdded(object: Resource): object {
  const { name, annotations = {}, labels = {} } = object.metadata ?? {};
  const { "crossplane.io/composition-resource-name": _, ...ownAnnotations } = annotations;
  const ownLabels = Object.entries(labels).filter(([key]) => !ADDED_LABELS.includes(key));
  return { ...object, metadata: { name, annotations: ownAnnotations, labels: Object.fromEntries(ownLabels) } };
}

const ADDED_LABELS = ["crossplane.io/composite", "crossplane.io/claim-name", "crossplane.io/claim-namespace"];

function keyOf(object: Resource): string | undefined {
  return object.metadata?.annotations?.["crossplane.io/composition-resource-name"];
}
