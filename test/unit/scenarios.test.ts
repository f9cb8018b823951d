import { describe, expect, test } from "vitest";
import { isObject, nameOf, objectsAt, textAt } from "../../src/render/unstructured.js";
import { type Happening, type Simulation, simulate } from "../../src/simulate/index.js";
import { type JsonObject } from "../../src/wire/index.js";
import { asOrdered, lineOf, linesLike } from "../scenarios/lines.js";
import { type Expectation, objectOf, type ScenarioStage, scenarios } from "../scenarios/scenario.js";
import { platform } from "../support/platform.js";

// What Trimtab's own Compositions go through, in memory.

test("there are scenarios of everything", () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(15);
});

describe.each(scenarios)("$title, because $reason", ({ stages }) => {
  test.each(stages.map((stage, index) => ({ ...stage, index })))("$title", async ({ index, expect: expected }) => {
    // Each stage is looked at when it has just ended.
    const simulation = await simulate({ platform, stages: stages.slice(0, index + 1).map(stageOf) });
    const happened = simulation.timeline.filter(({ stage }) => stage === index);
    expect(simulation.stages[index], timelineOf(happened)).toMatchObject({ isReached: true });
    check(expected, simulation, happened);
  });
});

function stageOf({ apply = [], delete: deleted = [], expect: _, ...rest }: ScenarioStage) {
  return { ...rest, apply: apply.map(objectOf), delete: deleted };
}

function check(expected: Expectation, { stages, objects, cloud }: Simulation, happened: readonly Happening[]): void {
  const lines = happened.map(lineOf);
  const composites = new Map(
    stages.at(-1)?.composites.map((each) => [`${each.object.kind}/${each.object.name}`, each]),
  );
  for (const [name, ready] of Object.entries(expected.ready ?? {})) {
    expect(composites.get(name)?.isReady ?? null, `${name}: ${composites.get(name)?.why}`).toBe(ready);
  }
  for (const [name, why] of Object.entries(expected.why ?? {})) expect(composites.get(name)?.why, name).toContain(why);
  if (expected.secrets) expect(secretsOf(objects)).toEqual(expected.secrets);
  expect(asOrdered(expected.order ?? [], lines)).toEqual(expected.order ?? []);
  for (const pattern of expected.never ?? []) expect(linesLike(pattern, lines), pattern).toEqual([]);
  if (expected.cloud) expect(cloud.map(({ of }) => of.kind).sort()).toEqual(expected.cloud);
}

/** The keys of Secrets that somebody is to use: those that XRs and claims control. */
function secretsOf(objects: readonly JsonObject[]): Readonly<Record<string, readonly string[]>> {
  const found = objects.filter(
    (object) =>
      object["kind"] === "Secret" &&
      objectsAt(object, ["metadata", "ownerReferences"]).some(
        (owner) => owner["controller"] === true && /^(XBucket|XBucketClaim)$/.test(textAt(owner, ["kind"])),
      ),
  );
  return Object.fromEntries(
    found.map((object) => [nameOf(object), Object.keys(isObject(object["data"]) ? object["data"] : {}).sort()]),
  );
}

function timelineOf(happened: readonly Happening[]): string {
  return happened.map((each) => `${each.at} ${lineOf(each)} ${each.message ?? ""}`).join("\n");
}
