import { describe, expect, test } from "vitest";
import { duration } from "./duration.js";

describe("duration", () => {
  test.each([
    ["1m", 60_000],
    ["1h30m", 5_400_000],
    ["1.5s", 1_500],
    [".5s", 500],
    ["250ms", 250],
    ["100us", 0.1],
    ["0", 0],
    ["-2s", -2_000],
    ["+1s", 1_000],
  ])("%s is %d ms", (text, ms) => {
    expect(duration(text, "--timeout")).toBe(ms);
  });

  test.each(["", "1", "1x", "s", "1m ", "one minute", "1s1"])("refuses %j, naming flag and value", (text) => {
    expect(() => duration(text, "--timeout")).toThrow(
      `--timeout must be a duration such as 30s or 1m30s, not ${JSON.stringify(text)}`,
    );
  });
});
