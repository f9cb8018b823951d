import { expect, test } from "vitest";
import { livesAnswerAlike } from "../promises/determinism/answers-alike.js";

test("ten thousand requests of random lives of an XBucket are answered likewise, however they are asked", async () => {
  expect(await livesAnswerAlike(10_000)).toBeGreaterThanOrEqual(10_000);
});
