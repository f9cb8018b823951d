import { type ArgsDef } from "citty";
import { describe, expect, test } from "vitest";
import { checkArguments, plainSwitches } from "./check-arguments.js";
import { UsageError } from "./usage-error.js";

const args = {
  xr: { type: "positional" },
  composition: { type: "positional", required: false },
  address: { type: "string" },
  debug: { type: "boolean", alias: "d" },
} as const satisfies ArgsDef;

describe("checkArguments", () => {
  test.each([
    { line: "xr.yaml" },
    { line: "xr.yaml composition.yaml" },
    { line: "xr.yaml --address :0 --debug" },
    { line: "-d xr.yaml --address=:0" },
    { line: "xr.yaml --address=-1" },
    { line: "--debug -- --xr.yaml" },
  ])("takes $line", ({ line }) => {
    expect(() => checkArguments(line.split(" "), args)).not.toThrow();
  });

  test.each([
    { line: "", says: "the argument XR is missing" },
    { line: "a b c", says: 'the argument "c" is one too many' },
    { line: "a --nope", says: "there is no flag --nope" },
    { line: "a --nope=1", says: "there is no flag --nope" },
    { line: "a -x", says: "there is no flag -x" },
    { line: "a --no-debug", says: "there is no flag --no-debug" },
    { line: "a --debug=false", says: 'the flag --debug takes no value, not "false"' },
    { line: "a --address", says: "the flag --address needs a value" },
    { line: "a --address --debug", says: "the flag --address needs a value" },
  ])("refuses $line", ({ line, says }) => {
    expect(() => checkArguments(line.split(" ").filter(Boolean), args)).toThrow(new UsageError(says));
  });

  test("takes several where the name ends in …", () => {
    const several = { "file…": { type: "positional" }, out: { type: "string", required: true } } as const;
    expect(() => checkArguments(["a", "b", "c", "--out", "d"], several)).not.toThrow();
    expect(() => checkArguments(["--out", "d"], several)).toThrow("the argument FILE… is missing");
    expect(() => checkArguments(["a"], several)).toThrow("the flag --out is missing");
  });
});

describe("plainSwitches", () => {
  const args: ArgsDef = {
    full: { type: "boolean", alias: "x" },
    results: { type: "boolean", alias: "r" },
    path: { type: "string", alias: "o" },
  };

  test.each([
    { reason: "what is on stands first", raw: ["a", "-x"], plain: ["--full", "a"] },
    { reason: "joined letters are parted", raw: ["-xr"], plain: ["--full", "--results"] },
    { reason: "true, 1 and yes are on", raw: ["--full=yes", "--results=1"], plain: ["--full", "--results"] },
    { reason: "the last one counts", raw: ["-x", "--full=false", "b"], plain: ["b"] },
    { reason: "what is neither is left to be refused", raw: ["--full=maybe"], plain: ["--full=maybe"] },
    {
      reason: "other flags keep their values",
      raw: ["-o", "p", "--path=-q", "-or"],
      plain: ["-o", "p", "--path=-q", "-or"],
    },
    { reason: "what is not known stays", raw: ["--what", "--else=1"], plain: ["--what", "--else=1"] },
    { reason: "after -- nothing is a flag", raw: ["--", "-x"], plain: ["--", "-x"] },
  ])("$reason: $raw", ({ raw, plain }) => {
    expect(plainSwitches(raw, args)).toEqual(plain);
  });
});
