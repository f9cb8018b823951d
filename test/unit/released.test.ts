import { describe, expect, test } from "vitest";
import { type Happening, simulate } from "../../src/simulate/index.js";
import { left, record } from "../released/released.js";
import { platform } from "../support/platform.js";

// What a release has left in clusters lives on with the present version: nothing of it is deleted or made anew. What a release
// leaves is written down once, when it is made: RECORD_RELEASE=0.2.0 npx vitest run test/unit/released.test.ts

const release = process.env["RECORD_RELEASE"];
if (release !== undefined) await record(release);

const cases = left();

test("the first release has left something of everything", () => {
  expect(cases.filter((each) => each.release === "0.1.0").length).toBeGreaterThanOrEqual(8);
});

describe.each(cases)("$name of $release", ({ applied, objects }) => {
  test("nothing is deleted or made anew, nor when it is applied again", async () => {
    const stages = [{ until: { ms: 900_000 } }, { apply: applied }];
    const { timeline, ...end } = await simulate({ platform, objects, stages });
    expect(timeline.filter(({ what }) => DESTROYS.has(what)).map(lineOf)).toEqual([]);
    expect(namesOf(end.objects)).toEqual(expect.arrayContaining([...namesOf(objects)]));
  });

  test("and it works as before", async () => {
    const [before, after] = await Promise.all([
      simulate({ platform, stages: [{ apply: applied }] }),
      simulate({ platform, objects, stages: [{}] }),
    ]);
    const readiness = (simulation: typeof before) =>
      simulation.stages[0]?.composites.map(({ object, isReady }) => `${object.kind} ${object.name}: ${isReady}`).sort();
    expect(readiness(after)).toEqual(readiness(before));
  });
});

const DESTROYS = new Set(["created", "deleting", "deleted", "made", "removed", "kept"]);

function lineOf({ what, object }: Happening): string {
  return `${what} ${object.resource ?? `${object.kind} ${object.name}`}`;
}

function namesOf(objects: Awaited<ReturnType<typeof simulate>>["objects"]): readonly string[] {
  return objects.map(({ kind, metadata }) => `${String(kind)} ${String((metadata as { name?: unknown }).name)}`).sort();
}
