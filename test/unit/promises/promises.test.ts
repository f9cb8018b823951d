import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FunctionCall } from "../../../src/render/index.js";
import { annotationsOf, COMPOSITION_RESOURCE_NAME } from "../../../src/render/unstructured.js";
import { escapeRegExp } from "../../../src/resource/escape-reg-exp.js";
import { type Fault, type Platform, type Stage, simulate } from "../../../src/simulate/index.js";
import { type JsonObject } from "../../../src/wire/index.js";
import { platform } from "../../support/platform.js";
import { naive } from "./naive.js";
import { identities, lives, passingFaults, xbucket } from "./stories.js";
import { Promises } from "./watch-promises.js";

// Whole or not at all, and nothing vanishes by accident: over random specs that follow on each other, while random things go
// wrong. The same stories break a function that composes what it happens to know.

/** Patterns of composition resource names, of what a provider reports on. */
const REPORTING = [
  "bucket",
  "policy",
  "versioning",
  "encryption",
  "consumers/*/policy",
  "consumers/*/*/role",
  "consumers/*/*/attachment",
  "consumers/*/podIdentity/association",
  "consumers/*/accessKeys/*",
  "*",
];

const BUCKET = "trimtab-function-bucket";

const stories = fc.record({
  specs: lives,
  faults: passingFaults,
});
type Story = typeof stories extends fc.Arbitrary<infer S> ? S : never;

describe("over random lives of an XBucket", () => {
  test("what a developer relies on is never broken", async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        expect(await broken(story, platform)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test("a function that composes what it happens to know breaks it", async () => {
    const check = fc.asyncProperty(stories, async (story) => (await broken(story, withBucket(naive))).length === 0);
    const { failed, counterexample } = await fc.check(check, { numRuns: 60 });
    expect(failed, `no story broke it: ${JSON.stringify(counterexample)}`).toBe(true);
  }, 120_000);
});

describe("while any of what a provider reports is blank", () => {
  const blanks = fc.record({
    specs: lives,
    blanked: fc.array(fc.constantFrom(...REPORTING), { minLength: 1, maxLength: 5 }),
    lasts: fc.integer({ min: 61_000, max: 300_000 }),
  });

  test("what the cluster holds stays as it is, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(blanks, async (blank) => {
        const { before, after } = await blanked(blank, platform);
        expect(after).toBe(before);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test("a function that composes what it happens to know changes it", async () => {
    const check = fc.asyncProperty(blanks, async (blank) => {
      const { before, after } = await blanked(blank, withBucket(naive));
      return after === before;
    });
    const { failed } = await fc.check(check, { numRuns: 25 });
    expect(failed).toBe(true);
  }, 120_000);
});

interface Blank {
  readonly specs: readonly JsonObject[];
  readonly blanked: readonly string[];
  readonly lasts: number;
}

/** What the cluster is asked to hold before the provider forgets what it reported, and just before it remembers. */
async function blanked({ specs: [spec = {}], blanked, lasts }: Blank, platform: Platform) {
  const faults = blanked.flatMap((resource): Fault[] => [
    { on: { resource }, fault: "blank-status", for: lasts },
    { on: { resource }, fault: "empty-secret", for: lasts },
  ]);
  const calm = { apply: [...identities, xbucket(spec)] };
  const { objects } = await simulate({ platform, stages: [calm] });
  const later = await simulate({ platform, stages: [calm, { faults, until: { ms: lasts - 1 } }] });
  const forgotten = later.timeline.filter(({ what, stage }) => what === "fault" && stage === 1);
  expect(forgotten.length > 0 || !objects.some((object) => blanked.some((key) => isAt(key, object)))).toBe(true);
  return { before: asked(objects), after: asked(later.objects) };
}

function isAt(pattern: string, object: JsonObject): boolean {
  const key = annotationsOf(object)[COMPOSITION_RESOURCE_NAME] ?? "";
  return new RegExp(`^${pattern.split("*").map(escapeRegExp).join(".*")}$`).test(key);
}

/** What composed objects ask for. */
function asked(objects: readonly JsonObject[]): string {
  const composed = objects.filter((object) => annotationsOf(object)[COMPOSITION_RESOURCE_NAME] !== undefined);
  return JSON.stringify(
    composed.map(({ status: _, metadata, ...rest }) => {
      const { resourceVersion: __, managedFields: ___, ...named } = metadata as JsonObject;
      return { ...rest, metadata: named };
    }),
  );
}

function withBucket(call: FunctionCall): Platform {
  return { ...platform, functions: { ...platform.functions, [BUCKET]: call } };
}

/** What a life breaks of what was promised. */
async function broken({ specs: all, faults }: Story, platform: Platform): Promise<readonly string[]> {
  const promises = new Promises();
  const stages = await Promise.all(
    all.map(async (spec, index): Promise<Stage & { readonly wanted: ReadonlySet<string> }> => {
      // What was asked for before may still be there, and go.
      const wanted = await composed(spec);
      return { apply: [...(index === 0 ? identities : []), xbucket(spec)], faults, wanted };
    }),
  );
  await simulate(
    { platform, stages },
    {
      onStage: (index) => {
        promises.wanted = stages[index]?.wanted ?? new Set();
      },
      onChange: (change) => promises.changed(change),
    },
  );
  return promises.broken;
}

/** The composition resource names of what a spec alone comes to, when nothing goes wrong. */
async function composed(spec: JsonObject): Promise<ReadonlySet<string>> {
  const { objects } = await simulate({ platform, stages: [{ apply: [...identities, xbucket(spec)] }] });
  return new Set(objects.map((object) => annotationsOf(object)[COMPOSITION_RESOURCE_NAME] ?? ""));
}
