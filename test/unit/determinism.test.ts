import { expect, test } from "vitest";
import { answersAlike, livesAnswerAlike } from "../promises/determinism/answers-alike.js";
import { examples, requestsOfExample } from "../promises/determinism/requests.js";

// The same request gives the same bytes: asked again, with maps in another order, at another time and place, and frozen.

test.each(examples)(
  "each request of the example %s",
  async (name) => {
    const asked = await requestsOfExample(name);
    expect(asked.length).toBeGreaterThan(0);
    for (const one of asked) await answersAlike(one);
  },
  60_000,
);

test("five hundred requests of random lives of an XBucket", async () => {
  expect(await livesAnswerAlike(500)).toBeGreaterThanOrEqual(500);
}, 300_000);
