import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRecordings, recordingOf } from "../render/both/recordings.js";
import { renderOurs } from "../render/both/render-both.js";
import { groups } from "../render/cases/index.js";
import { type ScriptedFunctions, serveScripted } from "../render/script/serve-scripted.js";

// What the real Crossplane printed of each case was recorded by test/render/cases.test.ts: without Go, ours is held to that.

let functions: ScriptedFunctions;
beforeAll(async () => {
  functions = await serveScripted();
});
afterAll(() => functions.stop());

describe.each(Object.entries(groups))("%s", (group, cases) => {
  const recorded = readRecordings(group);

  test("every case is recorded, and nothing else", () => {
    expect([...recorded.keys()]).toEqual(Object.keys(cases));
  });

  test.each(Object.entries(cases))("%s", async (name, one) => {
    const ours = await renderOurs(one, functions.addresses);
    if (one.differs) expect.soft(ours.code, one.differs.because).toBe(one.differs.code);
    else expect.soft(recordingOf(ours, one), one.reason).toEqual(recorded.get(name));
    if (one.says) expect.soft(ours.stderr).toMatch(one.says);
  });
});
