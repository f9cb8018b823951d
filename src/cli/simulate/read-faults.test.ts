import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { readFaults } from "./read-faults.js";

const read = (text: string) => readFaults(temporaryFolder({ "faults.yaml": text }), "faults.yaml");

describe("readFaults", () => {
  test("reads durations, targets and what each fault takes", () => {
    const text = `
- { fault: slow, on: { kind: Bucket }, takes: 10m, from: 0s, for: 1h }
- { fault: throttled, on: { resource: "consumers/*", name: "a*" }, times: 4 }
- { fault: delete-fails, on: { kind: Role }, message: DeleteConflict }
- { fault: not-empty, on: { kind: Bucket }, holds: 2 }
- { fault: late, function: function-bucket, takes: 30s }
- { fault: times-out, function: function-bucket, from: 1m30s }
`;
    expect(read(text)).toEqual([
      { fault: "slow", on: { kind: "Bucket" }, takes: 600_000, from: 0, for: 3_600_000 },
      { fault: "throttled", on: { resource: "consumers/*", name: "a*" }, times: 4 },
      { fault: "delete-fails", on: { kind: "Role" }, message: "DeleteConflict" },
      { fault: "not-empty", on: { kind: "Bucket" }, holds: 2 },
      { fault: "late", function: "function-bucket", takes: 30_000 },
      { fault: "times-out", function: "function-bucket", from: 90_000 },
    ]);
  });

  test.each([
    {
      reason: "it is no list",
      text: "fault: slow",
      says: 'faults.yaml:1:1: there is no list of faults; begin each with "- fault:"',
    },
    {
      reason: "a second list would not be read",
      text: "- { fault: slow, on: { kind: A } }\n---\n- { fault: slow, on: { kind: B } }\n",
      says: "faults.yaml:3:1: this is a second document; write all faults as one list",
    },
    {
      reason: "an item is no object",
      text: "- slow",
      says: 'faults.yaml:1:3: [0] is "slow"; it must be an object, such as { fault: slow }',
    },
    {
      reason: "there is no such fault",
      text: "- { fault: slwo, on: { kind: A } }",
      says: 'faults.yaml:1:5: [0].fault is "slwo"; it must be one of slow, never-ready,',
    },
    {
      reason: "it does not say which fault",
      text: "- { on: { kind: A } }",
      says: "faults.yaml:1:3: [0].fault is missing; it must be one of slow, never-ready,",
    },
    {
      reason: "a number is no duration",
      text: "- fault: slow\n  on: { kind: A }\n  takes: 600",
      says: "faults.yaml:3:3: [0].takes is 600; it must be a duration such as 30s or 1m30s",
    },
    {
      reason: "it would take no time",
      text: "- { fault: flapping, on: { kind: A }, every: 0s }",
      says: '[0].every is "0s"; it must be more than 0s',
    },
    {
      reason: "its turns would never end",
      text: "- { fault: flapping, on: { kind: A }, every: 1ms }",
      says: '[0].every is "1ms"; it must be at least 1s',
    },
    {
      reason: "it would be in the past",
      text: "- { fault: never-ready, on: { kind: A }, from: -1s }",
      says: '[0].from is "-1s"; it must be a duration',
    },
    {
      reason: "the field is of another fault",
      text: "- { fault: slow, on: { kind: A }, times: 3 }",
      says: "[0].times is not known here; there are fault, on, from, for, takes",
    },
    {
      reason: "it says no target",
      text: "- { fault: slow }",
      says: "[0].on is missing; it must be an object, such as { kind: Bucket }",
    },
    {
      reason: "a target of nothing would strike everything",
      text: "- { fault: slow, on: {} }",
      says: "[0].on is empty; say kind, resource or name of what it strikes",
    },
    {
      reason: "a target's field is misspelt",
      text: "- { fault: slow, on: { kin: A } }",
      says: "[0].on.kin is not known here; there are kind, resource, name",
    },
    {
      reason: "a fault of functions strikes none",
      text: "- { fault: late, on: { kind: A } }",
      says: "[0].on is not known here; there are fault, function, from, for, takes",
    },
    {
      reason: "nothing is throttled no times",
      text: "- { fault: throttled, on: { kind: A }, times: 0 }",
      says: "[0].times is 0; it must be a whole number above 0",
    },
  ])("refuses what is wrong, with line, field, value and remedy: $reason", ({ text, says }) => {
    expect(() => read(text)).toThrow(says);
  });
});
