import "trimtab/testing/vitest";
import { simulate } from "trimtab/simulate";
import { platformOf } from "trimtab/testing";
import { expect, test } from "vitest";
import project from "../tutorial/trimtab.config.js";

const xr = {
  apiVersion: "platform.example.org/v1alpha1",
  kind: "XArchive",
  metadata: { namespace: "records", name: "letters" },
  spec: { region: "eu-west-1" },
};

test("an archive is as the Compositions have it", async () => {
  const course = await simulate({ platform: platformOf(project), stages: [{ apply: [xr], until: "ready" }] });
  expect(course.stages[0]?.isReached).toBe(true);
  expect(course).toHaveReady("bucket");
});
