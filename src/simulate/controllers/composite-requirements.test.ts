import { describe, expect, test } from "vitest";
import { benchOf, desiredOf, lastChangeOf, secret, thing } from "../../../test/support/crossplane-things.js";
import { type RunFunctionRequest } from "../../wire/index.js";

describe("what is required", () => {
  const asking = (calls: RunFunctionRequest[]) => (request: RunFunctionRequest) => {
    calls.push(request);
    const matchLabels = { labels: { app: "x" } };
    const selector = { apiVersion: "v1", kind: "Secret", matchLabels };
    return {
      desired: desiredOf({}),
      requirements: { resources: { secrets: selector }, extraResources: {}, schemas: {} },
    };
  };

  test("is remembered, so that the next reconcile asks once", async () => {
    const calls: RunFunctionRequest[] = [];
    const bench = benchOf(asking(calls));
    bench.apply(secret("mine", { app: "x" }), thing("one"));
    await bench.run();
    const last = calls.at(-1)?.requiredResources?.["secrets"]?.items.map(({ resource }) => resource?.["metadata"]);
    expect(last).toMatchObject([{ name: "mine" }]);
    const before = calls.length;
    bench.add(bench.composite.concerns(lastChangeOf(bench, "one")));
    await bench.run();
    expect(calls.length).toBe(before + 1);
  });

  test.each([
    { reason: "it fits the labels", labels: { app: "x" }, isCalled: true },
    { reason: "it has other labels", labels: { app: "y" }, isCalled: false },
  ])("an object that changes concerns those that require it: $reason", async ({ labels, isCalled }) => {
    const calls: RunFunctionRequest[] = [];
    const bench = benchOf(asking(calls));
    bench.apply(thing("one"));
    await bench.run();
    const before = calls.length;
    bench.apply(secret("new", labels));
    await bench.run();
    expect(calls.length > before).toBe(isCalled);
  });

  test("the shortest time that functions say is when it is looked at again", async () => {
    let calls = 0;
    const bench = benchOf(() => {
      calls++;
      return { meta: { tag: "", ttl: { seconds: 60, nanos: 0 } }, desired: desiredOf({}) };
    });
    bench.apply(thing("one"));
    await bench.run();
    const before = calls;
    await bench.wait(60_500);
    expect(calls).toBe(before + 1);
  });
});
