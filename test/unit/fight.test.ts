import { expect, test } from "vitest";
import { type Platform, simulate } from "../../src/simulate/index.js";
import { encodeResponse, Ready } from "../../src/wire/index.js";
import { platform } from "../support/platform.js";

// Two controllers that want different things of one field never come to an end: Crossplane looks away after a while.

const xr = {
  apiVersion: "platform.trimtab.dev/v1alpha1",
  kind: "XWorkloadIdentity",
  metadata: { namespace: "payments", name: "mailroom" },
  spec: { serviceAccount: "mailroom" },
};

test("a fight over a field ends in a look every half minute", async () => {
  let calls = 0;
  const versioning = {
    apiVersion: "example.org/v1",
    kind: "Setting",
    spec: { forProvider: { bucketRef: { name: "x" } } },
  };
  const fighting: Platform["functions"][string] = () => {
    calls++;
    // Another value each time, as of a function that reads a clock.
    const resource = { ...versioning, spec: { forProvider: { size: calls } } };
    const resources = { setting: { resource, connectionDetails: {}, ready: Ready.True } };
    return encodeResponse({
      meta: { tag: "", ttl: { seconds: 60, nanos: 0 } },
      desired: { composite: undefined, resources },
    });
  };
  const functions = Object.fromEntries(Object.keys(platform.functions).map((name) => [name, fighting]));
  const { stages, objects } = await simulate({
    platform: { ...platform, functions },
    stages: [{ apply: [xr], limit: 600_000 }],
  });
  expect(stages[0]?.isReached).toBe(false);
  expect(calls).toBeLessThan(200);
  expect(JSON.stringify(objects)).toContain("Too many watch events from Setting/");
});
