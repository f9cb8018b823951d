import { run } from "trimtab/testing";
import { expect, test } from "vitest";
import { archive } from "./archive.js";

const xr = { metadata: { namespace: "records", name: "letters" }, spec: { region: "eu-west-1", ownKey: true } };
const input = { regions: ["eu-west-1"] };

test("the settings wait for the bucket's ARN", () => {
  const { desired, waiting } = run(archive, { xr, input });
  expect(desired.settings).toBeUndefined();
  expect(waiting).toEqual({ settings: "the bucket's ARN" });
});

test("and are there once it is known", () => {
  const observed = { bucket: { status: { atProvider: { arn: "arn:aws:s3:::letters" } } } };
  const { desired, status } = run(archive, { xr, input, observed });
  expect(desired.settings?.data).toEqual({ arn: "arn:aws:s3:::letters" });
  expect(status).toEqual({ bucketArn: "arn:aws:s3:::letters" });
});

test("without a key of its own, a key that exists goes", () => {
  const { removed } = run(archive, {
    xr: { ...xr, spec: { region: "eu-west-1" } },
    input,
    observed: { key: { spec: { forProvider: { region: "eu-west-1" } } } },
  });
  expect(removed).toEqual(["key"]);
});

test("a region that is not offered is refused", () => {
  const { results, resources } = run(archive, { xr: { ...xr, spec: { region: "us-east-1" } }, input });
  expect(results[0]?.message).toBe("spec.region us-east-1 is not offered here: choose eu-west-1");
  expect(resources).toEqual({});
});
