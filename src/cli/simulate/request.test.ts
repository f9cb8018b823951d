import { describe, expect, test } from "vitest";
import { fakeIO } from "../../../test/support/fake-io.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { run } from "../run.js";
import { FLAGS } from "./flags.js";
import { readRequest } from "./request.js";

const request = (...raw: readonly string[]) => {
  const args = { _: ["xr.yaml"], until: "settled", limit: "1h", timeout: "1m", output: "text" };
  return readRequest(args as unknown as Parameters<typeof readRequest>[0], raw);
};

describe("readRequest", () => {
  test("keeps --then and --upgrade in the order in which they stand", () => {
    const words = [
      "xr.yaml",
      "--then",
      "b.yaml",
      "--upgrade=../v2",
      "-q",
      "--then=delete:foreground",
      "--then",
      "delete",
    ];
    expect(request(...words).later).toEqual([
      { does: "apply", path: "b.yaml" },
      { does: "upgrade", path: "../v2" },
      { does: "delete", propagation: "Foreground" },
      { does: "delete", propagation: "Background" },
    ]);
  });

  test("takes a short flag's value for no stage", () => {
    expect(request("-o", "--then=x", "xr.yaml").later).toEqual([]);
    expect(Object.keys(FLAGS)).toContain("then");
  });
});

describe("trimtab simulate", () => {
  test.each([
    { line: "simulate", says: "the argument XR is missing" },
    { line: "simulate nowhere.yaml a.yaml", says: "XR must be a file: there is no nowhere.yaml" },
    {
      line: "simulate xr.yaml --until soon",
      says: '--until must be settled, ready, gone or a duration such as 30s or 1m30s, not "soon"',
    },
    { line: "simulate xr.yaml --until 10", says: '--until must be a duration such as 30s or 1m30s, not "10"' },
    { line: "simulate xr.yaml --until gone", says: "it deletes nothing; add --then delete" },
    {
      line: "simulate xr.yaml --then delete --then xr.yaml --until gone",
      says: "it deletes nothing; add --then delete",
    },
    { line: "simulate xr.yaml --then delete --until ready", says: "the last stage deletes them; say --until gone" },
    { line: "simulate xr.yaml --limit 0s", says: '--limit must be more than 0, not "0s"' },
    {
      line: "simulate xr.yaml --then delete:orphan",
      says: '--then must be a path, delete or delete:foreground, not "delete:orphan"',
    },
    { line: "simulate xr.yaml --function x", says: '--function must be key=value, not "x"' },
    { line: "simulate xr.yaml --output pdf", says: "takes text, json, yaml, junit, html" },
  ])("exits with 80 for wrong usage: $line", async ({ line, says }) => {
    const io = fakeIO({ cwd: temporaryFolder() });
    expect(await run(line.split(" "), io)).toBe(80);
    expect(io.text("stderr")).toContain(says);
  });
});
