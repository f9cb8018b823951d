import "trimtab/testing/vitest";
import { simulated } from "trimtab/testing";
import { expect, test } from "vitest";
import { archive } from "../tutorial/archive.js";

const xr = { metadata: { namespace: "records", name: "letters" }, spec: { region: "eu-west-1" } };
const input = { regions: ["eu-west-1"] };

test("an archive comes to be, and goes", async () => {
  const course = await simulated(archive, { xr, input, next: [{ title: "no longer wanted", xr: null }] });
  expect(course.when("ready", "bucket")).toBeLessThan(course.when("created", "settings") ?? 0);
  expect(course).toDelete("bucket", "settings");
  expect(course.xr).toBeUndefined();
});

test("an archive whose bucket takes an hour", async () => {
  const faults = [{ on: { kind: "Bucket" }, fault: "slow", takes: 3_600_000 } as const];
  const course = await simulated(archive, { xr, input, faults, limit: 600_000 });
  expect(course).toWaitFor("the bucket's ARN", "settings");
  expect(course.composed("bucket").spec.forProvider.region).toBe("eu-west-1");
});
