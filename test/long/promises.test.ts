import fc from "fast-check";
import { test } from "vitest";
import { blanksChangeNothing, promisesHold } from "../promises/lives.js";
import { platform } from "../support/platform.js";

test("two thousand lives of an XBucket break no promise", async () => {
  await fc.assert(promisesHold(platform), { numRuns: 2000 });
});

test("a thousand times that a provider forgets what it reported change nothing", async () => {
  await fc.assert(blanksChangeNothing(platform), { numRuns: 1000 });
});
