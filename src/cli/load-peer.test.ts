import { describe, expect, test } from "vitest";
import { loadPeer } from "./load-peer.js";

describe("loadPeer", () => {
  test("gives what is loaded", async () => {
    expect(await loadPeer("synthesise", "cdk8s constructs", async () => "loaded")).toBe("loaded");
  });

  test("says how to install what is missing", async () => {
    const missing = Object.assign(new Error("Cannot find package 'cdk8s' imported from /synth.js"), {
      code: "ERR_MODULE_NOT_FOUND",
    });
    await expect(loadPeer("synthesise", "cdk8s constructs", () => Promise.reject(missing))).rejects.toThrow(
      "cannot synthesise: cdk8s or constructs is not installed; run npm install --save-dev cdk8s constructs",
    );
  });

  test("says which version to install where it has to be one", async () => {
    const missing = Object.assign(new Error("Cannot find module '@scope/a'\nRequire stack:"), {
      code: "MODULE_NOT_FOUND",
    });
    await expect(loadPeer("trace", "@scope/a@2 b", () => Promise.reject(missing))).rejects.toThrow(
      "cannot trace: @scope/a or b is not installed; run npm install --save-dev @scope/a@2 b",
    );
  });

  test.each([
    {
      name: "another package that is missing",
      error: Object.assign(new Error("Cannot find package 'left'"), { code: "ERR_MODULE_NOT_FOUND" }),
    },
    { name: "an error of the package itself", error: new TypeError("'cdk8s' is undefined") },
  ])("passes on $name", async ({ error }) => {
    await expect(loadPeer("synthesise", "cdk8s constructs", () => Promise.reject(error))).rejects.toBe(error);
  });
});
