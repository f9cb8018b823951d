import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asOrdered, lineOf, linesLike } from "../scenarios/lines.js";
import { scenarios } from "../scenarios/scenario.js";
import { providerCRDsFor } from "../support/provider-crds.js";
import { type StandInCloud } from "./cloud/stand-in-cloud.js";
import { type InstalledPlane, installedPlane } from "./installed-plane.js";
import { play } from "./scenarios/play.js";
import { relocated } from "./scenarios/relocated.js";
import { missingIn, sequencesOf } from "./scenarios/sequence.js";

// What a control plane goes through in memory, a real one goes through likewise: each stage comes to the same objects, by the
// same steps. A difference is a mistake of simulate.

/** What happens to a function is told by test/e2e/faults.test.ts: here others would have to wait for it. */
const playable = scenarios.filter(({ stages }) =>
  stages.every(({ faults = [] }) => faults.every((fault) => !("function" in fault))),
);
const WHAT = "what a real control plane goes through";

describe.skipIf(providerCRDsFor(WHAT).length === 0)(WHAT, () => {
  let plane: InstalledPlane | undefined;
  beforeAll(async () => {
    // In memory stages are minutes apart, in which circuits close again. Here they follow at once.
    plane = await installedPlane(WHAT, { net: "127.77.1", flags: ["--circuit-breaker-burst=100000"] });
  });
  afterAll(() => plane?.stop());

  describe.concurrent.each(playable)("$title, because $reason", (scenario) => {
    const namespace = scenario.name;
    const stages = relocated(scenario, namespace);
    let cloud: StandInCloud | undefined;

    test.sequential("as in memory", async ({ expect }) => {
      if (!plane) throw new Error("cannot play: there is no control plane");
      cloud = await plane.namespace(namespace, { speed: SPEED });
      for (const [index, stage] of stages.entries()) {
        const { expected, happened, states, cloud: kinds } = await play(stages, index, { ...plane, cloud, namespace });
        expect(states.real, stage.title).toEqual(states.simulated);
        expect(missingIn(sequencesOf(happened), expected), stage.title).toEqual([]);
        const lines = happened.map(lineOf);
        const { order = [], never = [], cloud: left } = stage.expect;
        expect(asOrdered(order, lines), stage.title).toEqual(order);
        for (const pattern of never) expect(linesLike(pattern, lines), `${stage.title}: ${pattern}`).toEqual([]);
        if (left) expect(kinds, stage.title).toEqual(left);
      }
    });
  });

  test("some are left out, and only those that break a function", () => {
    expect(scenarios.length - playable.length).toBe(1);
  });
});

/** The cloud is so many times as fast as it says. */
const SPEED = 20;
