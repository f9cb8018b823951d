import { describe, expect, test } from "vitest";
import { type RequiredResource } from "../../render/fetch-resources.js";
import { Dependencies } from "./dependencies.js";

const secret = (namespace: string, name: string, labels: Readonly<Record<string, string>> = {}) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { namespace, name, labels },
});
const requiring = (resource: Partial<RequiredResource>) => {
  return [{ step: "one", name: "it", resource: { apiVersion: "v1", kind: "Secret", ...resource } }];
};

describe("an object concerns an XR", () => {
  test.each([
    { reason: "that names it", resource: { namespace: "a", name: "x" }, concerns: true },
    { reason: "but not one that names another namespace", resource: { namespace: "b", name: "x" }, concerns: false },
    { reason: "but not one that names it without a namespace", resource: { name: "x" }, concerns: false },
    { reason: "that selects its labels", resource: { labels: { app: "y" } }, concerns: true },
    {
      reason: "that selects them in its namespace",
      resource: { namespace: "a", labels: { app: "y" } },
      concerns: true,
    },
    {
      reason: "but not one that selects them elsewhere",
      resource: { namespace: "b", labels: { app: "y" } },
      concerns: false,
    },
    { reason: "but not one that selects more", resource: { labels: { app: "y", more: "z" } }, concerns: false },
    { reason: "that requires all of its kind", resource: {}, concerns: true },
    { reason: "but not one of another kind", resource: { kind: "ConfigMap" }, concerns: false },
  ])("$reason", ({ resource, concerns }) => {
    const dependencies = new Dependencies();
    dependencies.track("xr", [], requiring(resource));
    expect([...dependencies.dependants(secret("a", "x", { app: "y" }))]).toEqual(concerns ? ["xr"] : []);
  });

  test("that composes it, in whatever version", () => {
    const dependencies = new Dependencies();
    const metadata = { namespace: "a", name: "x" };
    dependencies.track("xr", [{ apiVersion: "parts.org/v1", kind: "Part", metadata }], []);
    expect([...dependencies.dependants({ apiVersion: "parts.org/v2", kind: "Part", metadata })]).toEqual(["xr"]);
  });

  test("until it is tracked anew, or forgotten", () => {
    const dependencies = new Dependencies();
    dependencies.track("xr", [], requiring({ namespace: "a", name: "x" }));
    dependencies.track("xr", [], requiring({ labels: { app: "y" } }));
    expect([...dependencies.dependants(secret("a", "x"))]).toEqual([]);
    expect(dependencies.required("xr", "one")).toEqual({
      it: { apiVersion: "v1", kind: "Secret", labels: { app: "y" } },
    });
    expect(dependencies.required("xr", "two")).toEqual({});
    dependencies.forget("xr");
    expect([...dependencies.dependants(secret("a", "x", { app: "y" }))]).toEqual([]);
    expect(dependencies.required("xr", "one")).toEqual({});
  });
});

test("ten thousand XRs are no burden", () => {
  const dependencies = new Dependencies();
  for (let count = 0; count < 10_000; count++) {
    dependencies.track(`xr-${count}`, [secret("a", `s-${count}`)], requiring({ namespace: "a", name: `r-${count}` }));
  }
  const began = performance.now();
  for (let count = 0; count < 10_000; count++) dependencies.dependants(secret("a", `s-${count}`));
  expect(performance.now() - began).toBeLessThan(1000);
  expect([...dependencies.dependants(secret("a", "r-77"))]).toEqual(["xr-77"]);
});
