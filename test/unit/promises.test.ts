import fc from "fast-check";
import { expect, test } from "vitest";
import { blanksChangeNothing, promisesHold } from "../promises/lives.js";
import { naive } from "../promises/naive.js";
import { BUCKET, platform } from "../support/platform.js";

// Whole or not at all, and nothing vanishes by accident: over random specs that follow on each other, while random things go
// wrong. The same lives break a function that composes what it happens to know.

const naively = { ...platform, functions: { ...platform.functions, [BUCKET]: naive } };

test("what a developer relies on is never broken", async () => {
  await fc.assert(promisesHold(platform), { numRuns: 60 });
}, 300_000);

test("by a function that composes what it happens to know, it is", async () => {
  const { errorInstance } = await fc.check(promisesHold(naively), { numRuns: 60, endOnFailure: true });
  expect(String(errorInstance)).toMatch(/is published without|is deleted, and the spec still asks for it/);
}, 300_000);

test("while what a provider reports is blank, what the cluster holds stays as it is", async () => {
  await fc.assert(blanksChangeNothing(platform), { numRuns: 25 });
}, 300_000);

test("with a function that composes what it happens to know, it does not", async () => {
  const { errorInstance } = await fc.check(blanksChangeNothing(naively), { numRuns: 25, endOnFailure: true });
  expect(String(errorInstance)).toMatch(/it was .* and is /s);
}, 300_000);
