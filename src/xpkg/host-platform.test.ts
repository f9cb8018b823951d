import { expect, test } from "vitest";
import { hostPlatform, runsHere } from "./host-platform.js";

test("a platform runs here if it is this machine's", () => {
  expect(runsHere(hostPlatform())).toBe(true);
  expect(runsHere({ os: "linux", architecture: "riscv64" })).toBe(false);
  expect(runsHere({ os: "windows", architecture: hostPlatform().architecture })).toBe(false);
});
