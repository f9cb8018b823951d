import fc from "fast-check";
import { checkDeterminism } from "../../../src/testing/index.js";
import project from "../../../trimtab.config.js";
import { seed } from "../../support/seed.js";
import { identities, lives, passingFaults, xbucket } from "../stories.js";
import { type Asked, requestsIn } from "./requests.js";

/** Checks that a function answers a request likewise, however it is asked. */
export async function answersAlike({ name, request }: Asked): Promise<void> {
  const fn = project.functions.find((each) => each.name === name);
  if (!fn) throw new Error(`cannot ask ${name}: the project has no such function`);
  await checkDeterminism(fn, request);
}

/** How many requests of one life are asked: those that come late have most in them. */
const OF_EACH_LIFE = 12;

/** Checks requests of random lives of an XBucket, as many as `runs` at least. Returns how many. */
export async function livesAnswerAlike(runs: number, from = seed): Promise<number> {
  const stories = fc.record({ specs: lives, faults: passingFaults });
  let checked = 0;
  for (const { specs, faults } of fc.sample(stories, { numRuns: runs, seed: from })) {
    if (checked >= runs) break;
    const apply = specs.map((spec, index) => [...(index === 0 ? identities : []), xbucket(spec)]);
    const asked = await requestsIn(apply.map((objects) => ({ apply: objects, faults })));
    const every = Math.max(1, Math.floor(asked.length / OF_EACH_LIFE));
    for (const one of asked.filter((_, index) => index % every === 0)) {
      await answersAlike(one);
      checked++;
    }
  }
  return checked;
}
