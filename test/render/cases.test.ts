import { afterAll, beforeAll, describe, test } from "vitest";
import { type Recording, readRecordings, recordingOf, writeRecordings } from "./both/recordings.js";
import { renderBoth } from "./both/render-both.js";
import { groups } from "./cases/index.js";
import { type ScriptedFunctions, serveScripted } from "./script/serve-scripted.js";

// The real CLI and ours print the same of each case, and what is recorded. RECORD_RENDERS=1 records what the real one
// prints; test/unit/renders.test.ts compares ours with that, where Go is not there.

const isRecording = process.env["RECORD_RENDERS"] === "1";

let functions: ScriptedFunctions;
beforeAll(async () => {
  functions = await serveScripted();
});
afterAll(() => functions.stop());

describe.each(Object.entries(groups))("%s", (group, cases) => {
  const recorded = isRecording ? new Map<string, Recording>() : readRecordings(group);
  const recordings = new Map<string, Recording>();

  test.concurrent.for(Object.entries(cases))("%s", async ([name, one], { expect }) => {
    const { real, ours } = await renderBoth(one, functions.addresses);
    expect.soft(real.code, `the real one says: ${real.stderr}`).toBe(one.code ?? 0);
    const recording = recordingOf(real, one);
    recordings.set(name, recording);
    if (!isRecording) expect.soft(recording, "what is recorded").toEqual(recorded.get(name));
    const expected = one.differs ? { ...ours, code: one.differs.code } : real;
    expect.soft(ours.code, `ours says: ${ours.stderr}`).toBe(expected.code);
    expect.soft(ours.stdout, one.reason).toBe(expected.stdout);
    if (!one.says) return;
    expect.soft(ours.stderr).toMatch(one.says);
    if (!one.differs) expect.soft(real.stderr).toMatch(one.says);
  });

  afterAll(() => {
    if (isRecording) writeRecordings(group, new Map(Object.keys(cases).flatMap((name) => entry(recordings, name))));
  });
});

function entry(recordings: ReadonlyMap<string, Recording>, name: string): readonly [string, Recording][] {
  const recording = recordings.get(name);
  return recording === undefined ? [] : [[name, recording]];
}
