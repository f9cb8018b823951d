import { PIPELINE } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";
import { type ScriptedResult } from "../script/script.js";

/** A case of results, shown by -r. */
const said = (reason: string, ...given: readonly ScriptedResult[]): RenderCase => ({
  reason,
  pipeline: [{ step: "say-it", script: { results: given } }],
  flags: ["-r"],
});

const warning = { severity: "Warning", message: "careful" };
const fatal = { severity: "Fatal", message: "the moon is in the wrong house" };
const normal = { severity: "Normal", message: "as planned" };

/** Results of functions, and the events that come of them. */
export const results: RenderCases = {
  "a normal result": said("an event that names the step", normal),
  "a warning": said("an event that names the step", warning),
  "a reason": said("it is the event's", { ...warning, reason: "MoonPhase" }),
  "an empty reason": said("as if there were none", { ...normal, reason: "" }),
  "a reason that is no word": said("passed through", { ...normal, reason: "two words: #1" }),
  "an empty message": said("only the step is named", { severity: "Normal", message: "" }),
  "no message": said("only the step is named", { severity: "Warning" }),
  "an unspecified severity": said("a warning that says so", { message: "what am I?" }),
  "a severity that is not known yet": said("a warning that says less", { severity: 17, message: "from the future" }),
  "every target": said(
    "an XR without a claim is told once",
    { ...normal, target: "Composite" },
    { ...normal, target: "CompositeAndClaim" },
    { ...normal, target: "Unspecified" },
    { ...normal, target: 9 },
  ),
  "the same result twice": said("it is said twice", normal, normal),
  "many results": said(
    "in the order in which they are given",
    ...Array.from({ length: 12 }, (_, i) => ({ severity: i % 2 ? "Warning" : "Normal", message: `${12 - i}` })),
  ),
  "a long message": said("it is folded", {
    severity: "Warning",
    message:
      "the quick brown fox jumps over the lazy dog, and as it does so the line that tells of it grows longer than eighty characters, so that YAML folds it",
  }),
  "a long message without a space": said("it cannot be folded", { severity: "Warning", message: "x".repeat(200) }),
  "a message of several lines": said("a block", { severity: "Warning", message: "one\ntwo\n\n  four\n" }),
  "a message with a colon and a quote": said("quoted", { severity: "Normal", message: `it's: "so" # or not` }),
  "a message that looks like another event": said("it is none", {
    severity: "Normal",
    message: 'Composed resource "a" is not yet ready',
  }),
  "without -r": { reason: "nothing is shown", pipeline: [{ script: { results: [warning] } }] },
  "results of several steps": {
    reason: "one step after the other",
    pipeline: [
      { script: { results: [normal] } },
      { step: "second", function: "function-two", script: { results: [warning, normal] } },
      ...PIPELINE,
    ],
    flags: ["-r"],
  },
  "a fatal result in the first step": {
    reason: "nothing is printed but the error",
    pipeline: [{ step: "moon", script: { results: [fatal] } }, ...PIPELINE],
    flags: ["-xrc"],
    code: 1,
    says: /moon.*the moon is in the wrong house/,
  },
  "a fatal result in the middle": {
    reason: "what was desired before is not printed",
    pipeline: [...PIPELINE, { step: "moon", script: { results: [normal, fatal] } }, ...PIPELINE],
    code: 1,
    says: /moon.*the moon is in the wrong house/,
  },
  "a fatal result in the last step": {
    reason: "what was desired before is not printed",
    pipeline: [...PIPELINE, { step: "moon", script: { results: [fatal, normal] } }],
    code: 1,
    says: /moon.*the moon is in the wrong house/,
  },
  "a fatal result without a message": {
    reason: "the step is named",
    pipeline: [{ step: "moon", script: { results: [{ severity: "Fatal" }] } }],
    code: 1,
    says: /moon/,
  },
  "a fatal result of several lines": {
    reason: "both are said",
    pipeline: [{ step: "moon", script: { results: [{ severity: "Fatal", message: "one\ntwo" }] } }],
    code: 1,
    says: /one\s+two/,
  },
  "a function that fails": {
    reason: "its server makes a fatal result of that",
    pipeline: [{ step: "moon", script: { throws: "no such moon" } }],
    code: 1,
    says: /moon.*no such moon/,
  },
  "a fatal result ends the requirements": {
    reason: "the function is not called again",
    pipeline: [{ step: "moon", script: { grows: -1, results: [fatal] } }],
    code: 1,
    says: /the moon is in the wrong house/,
  },
  "unready resources": {
    reason: "an event each, in any order",
    pipeline: [
      {
        script: {
          resources: Object.fromEntries(
            ["one", "two", "three", "a b", 'qu"ote', "x: y", "l".repeat(90), "né"].map((name) => [
              name,
              { manifest: { apiVersion: "v1", kind: "ConfigMap" } },
            ]),
          ),
          results: [warning],
        },
      },
    ],
    flags: ["-r"],
  },
};
