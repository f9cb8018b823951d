import { afterAll, beforeAll, test } from "vitest";
import { rendersAlike } from "../render/generated/property.js";
import { type ScriptedFunctions, serveScripted } from "../render/script/serve-scripted.js";

let functions: ScriptedFunctions;
beforeAll(async () => {
  functions = await serveScripted();
});
afterAll(() => functions.stop());

test.concurrent.each([0, 1])("five thousand generated renders, part %i", (part) =>
  rendersAlike(functions.addresses, { runs: 5000, part: [part, 2] }),
);
