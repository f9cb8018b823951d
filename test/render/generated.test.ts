import { afterAll, beforeAll, test } from "vitest";
import { rendersAlike } from "./generated/property.js";
import { type ScriptedFunctions, serveScripted } from "./script/serve-scripted.js";

let functions: ScriptedFunctions;
beforeAll(async () => {
  functions = await serveScripted();
});
afterAll(() => functions.stop());

// Two at a time, and time to make a difference small.
test.concurrent.each([0, 1])(
  "whatever is generated is rendered alike, part %i",
  (part) => rendersAlike(functions.addresses, { runs: 200, part: [part, 2] }),
  // No longer than the long run may take.
  24 * 3600 * 1000,
);
