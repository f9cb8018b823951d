import { hash } from "node:crypto";
import fc from "fast-check";
import { annotationsOf, COMPOSITION_RESOURCE_NAME } from "../../src/render/unstructured.js";
import { escapeRegExp } from "../../src/resource/escape-reg-exp.js";
import { type Fault, type Platform, type Stage, simulate } from "../../src/simulate/index.js";
import { type JsonObject } from "../../src/wire/index.js";
import { platform as product } from "../support/platform.js";
import { identities, lives, passingFaults, xbucket } from "./stories.js";
import { Promises } from "./watch-promises.js";

/**
 * Whatever follows on each other and goes wrong in the life of an XBucket, a Secret is whole, and nothing goes that is
 * still asked for.
 */
export function promisesHold(platform: Platform): fc.IAsyncPropertyWithHooks<[Story]> {
  return fc.asyncProperty(stories, async (story) => {
    const found = await broken(story, platform);
    if (found.length > 0) throw new Error(found.join("; "));
  });
}

/** While any of what a provider reports is blank, what the cluster holds stays as it is, byte for byte. */
export function blanksChangeNothing(platform: Platform): fc.IAsyncPropertyWithHooks<[Blank]> {
  return fc.asyncProperty(blanks, async (blank) => {
    const { before, after } = await blanked(blank, platform);
    if (before !== after) throw new Error(`it was ${before} and is ${after}`);
  });
}

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

const stories = fc.record({ specs: lives, faults: passingFaults });

const blanks = fc.record({
  specs: lives,
  blanked: fc.array(fc.constantFrom(...REPORTING), { minLength: 1, maxLength: 5 }),
  lasts: fc.integer({ min: 61_000, max: 300_000 }),
});

interface Story {
  readonly specs: readonly JsonObject[];
  readonly faults: readonly Fault[];
}

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
  const concerned = objects.filter((object) => blanked.some((pattern) => isAt(pattern, object)));
  if (forgotten.length === 0 && concerned.length > 0) throw new Error("the provider has forgotten nothing");
  return { before: asked(objects), after: asked(later.objects) };
}

function isAt(pattern: string, object: JsonObject): boolean {
  const key = annotationsOf(object)[COMPOSITION_RESOURCE_NAME] ?? "";
  return new RegExp(`^${pattern.split("*").map(escapeRegExp).join(".*")}$`).test(key);
}

/** What composed objects ask for; of Secrets, what they hold is told apart, and not said. */
function asked(objects: readonly JsonObject[]): string {
  const composed = objects.filter((object) => annotationsOf(object)[COMPOSITION_RESOURCE_NAME] !== undefined);
  return JSON.stringify(
    composed.map(({ status: _, metadata, ...rest }) => {
      const { resourceVersion: __, managedFields: ___, ...named } = metadata as JsonObject;
      const { data } = rest;
      const held = data === undefined ? {} : { data: hash("sha256", JSON.stringify(data)) };
      return { ...rest, ...held, metadata: named };
    }),
  );
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
  const { objects } = await simulate({ platform: product, stages: [{ apply: [...identities, xbucket(spec)] }] });
  return new Set(objects.map((object) => annotationsOf(object)[COMPOSITION_RESOURCE_NAME] ?? ""));
}
