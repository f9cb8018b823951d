import "trimtab/testing/vitest";
import { run } from "trimtab/testing";
import { expect, test } from "vitest";
import { archive } from "../tutorial/archive.js";

const xr = { metadata: { namespace: "records", name: "letters" }, spec: { region: "eu-west-1", ownKey: true } };
const input = { regions: ["eu-west-1"] };
const arn = "arn:aws:s3:::letters";

test("an archive, before anything exists", () => {
  const archived = run(archive, { xr, input });
  expect(archived).toCompose("bucket", { spec: { forProvider: { region: "eu-west-1" } } });
  expect(archived).toWaitFor("the bucket's ARN", "settings");
  expect(archived).not.toHaveReady("bucket");
});

test("an archive that exists", () => {
  const bucket = { status: { atProvider: { arn }, conditions: [{ type: "Ready", status: "True" }] } };
  const archived = run(archive, { xr, input, observed: { bucket } });
  expect(archived).toHaveReady("bucket");
  expect(archived.composed("settings").data).toEqual({ arn });
});

test("settings stay as they were while the ARN cannot be read", () => {
  const archived = run(archive, { xr, input, observed: { bucket: {}, settings: { data: { arn } } } });
  expect(archived).toKeep("settings");
  expect(archived).toDelete();
});

test("without a key of its own, the key goes, and nothing else", () => {
  const archived = run(archive, {
    xr: { ...xr, spec: { region: "eu-west-1" } },
    input,
    observed: { bucket: {}, key: {} },
  });
  expect(archived).toDelete("key");
});

test("a region that is not offered is refused", () => {
  const archived = run(archive, { xr: { ...xr, spec: { region: "us-east-1" } }, input });
  expect(archived).toHaveResult("Fatal", /not offered here: choose eu-west-1$/);
  expect(archived).not.toCompose("bucket");
});
