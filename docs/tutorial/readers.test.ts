import { run } from "trimtab/testing";
import { expect, test } from "vitest";
import { readers } from "./readers.js";

test("each reader has a role of its own", () => {
  const xr = { metadata: { namespace: "records", name: "archive" }, spec: { names: ["ann", "bob"] } };
  expect(Object.keys(run(readers, { xr }).resources)).toEqual([
    "readers/ann/role",
    "readers/ann/settings",
    "readers/bob/role",
    "readers/bob/settings",
  ]);
});
