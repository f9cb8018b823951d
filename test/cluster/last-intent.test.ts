import fc from "fast-check";
import { aws, eks, iam, kms, s3 } from "trimtab/models";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { lastApplied } from "../../src/resource/last-applied.js";
import { type FieldsV1 } from "../../src/resource/resource.js";
import { propertyOptions } from "../support/property-options.js";
import { providerCRDsFor } from "../support/provider-crds.js";
import { Client, type Stored } from "./client.js";
import { crdStories } from "./crd-stories.js";
import { applyComposed, fieldsOf, happen, isOwn, owner } from "./crossplane.js";
import { nativeStories } from "./native-stories.js";
import { type Story } from "./story.js";

// What lastApplied reads from an object, applied again, changes nothing: neither the object nor who owns what.

const client = new Client(inject("apiServer"));
const options = propertyOptions({ runs: 40 });
const crds = providerCRDsFor("last applied intents of managed resources");

/** How the stories of this file ended. */
const told = { unchanged: 0, owningDefaults: 0, unknown: 0 };
afterAll(() => console.info("last applied intents:", told));

describe.skipIf(crds.length === 0)("managed resources", () => {
  beforeAll(() => client.installCRDs(crds));

  test("are those of the models", () => {
    const models = [aws, eks, iam, kms, s3].flatMap((group) => Object.values(group));
    expect(new Set(models.map(({ apiVersion, kind, scope }) => `${apiVersion} ${kind} ${scope}`))).toEqual(
      new Set(crds.map(({ spec }) => `${spec.group}/${spec.versions[0]?.name} ${spec.names.kind} ${spec.scope}`)),
    );
  });

  test.concurrent.for(crds.map((crd) => [crd.spec.names.kind, crd] as const))("%s", async ([, crd]) => {
    const ends = async (story: Story) => {
      expect(await ending(story)).not.toBe("unknown");
    };
    await fc.assert(fc.asyncProperty(crdStories(crd), ends), options);
  });
});

describe("native kinds", () => {
  test.concurrent.for(Object.entries(nativeStories))("%s", async ([, stories]) => {
    const ends = async (story: Story) => {
      if ((await ending(story)) === "unknown") expect(story.intent).toSatisfy(hasEmptyValue);
    };
    await fc.assert(fc.asyncProperty(stories, ends), options);
  });
});

let count = 0;

async function ending(story: Story): Promise<keyof typeof told> {
  // No two stories share a name: what has finalizers stays.
  const before = await happen(client, story, `story-${++count}`);
  const end = await applyLastAppliedTo(before);
  told[end]++;
  return end;
}

async function applyLastAppliedTo(before: Stored): Promise<keyof typeof told> {
  const intent = lastApplied(before, owner);
  if (!intent) return "unknown";
  const after = await applyComposed(client, intent, before.metadata.name);
  if (after.metadata.resourceVersion === before.metadata.resourceVersion) {
    expect(after).toEqual(before);
    return "unchanged";
  }
  expect(content(after)).toEqual(content(before));
  expectDefaultsMore(
    fieldsOf(after, isOwn)[0],
    fieldsOf(before, isOwn)[0],
    fieldsOf(before, (entry) => !isOwn(entry)),
  );
  expect(await applyLastAppliedTo(after)).toBe("unchanged");
  return "owningDefaults";
}

/**
 * Expects that Crossplane owns no more than defaults that it did not own before. An empty map in an intent is a leaf of
 * its fields, as an atomic map is, and no longer empty once the API server has filled in defaults, which nobody owns.
 */
function expectDefaultsMore(after: FieldsV1 = {}, before: FieldsV1 = {}, others: readonly FieldsV1[]): void {
  const below = (key: string) => others.flatMap((fields) => fields[key] ?? []);
  if (Object.keys(before).length === 0) {
    const taken = Object.keys(after).filter((key) => below(key).length > 0);
    expect(taken, "what others own").toEqual([]);
    return;
  }
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const key of Object.keys(before)) expectDefaultsMore(after[key], before[key], below(key));
}

/** The object without what every write changes. */
function content({ metadata, ...object }: Stored): unknown {
  const { managedFields: _, resourceVersion: __, ...rest } = metadata;
  return { ...object, metadata: rest };
}

/** Native kinds do not store what is empty, so that it is owned and not there. */
function hasEmptyValue(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return !value;
  const values = Object.values(value);
  return values.length === 0 || values.some(hasEmptyValue);
}
