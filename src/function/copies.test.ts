import { expect, test, vi } from "vitest";
import { fatal } from "./fatal.js";
import { isFatal, settle } from "./index.js";

// A project that another version is upgraded to has a copy of the toolkit of its own: its functions are run by this one.

vi.resetModules();
const other = await import("../index.js");
const schema = await import("../schema/index.js");
const { v1 } = await import("../models/index.js");

const XThing = schema.defineXRD({
  group: "example.org",
  version: "v1",
  kind: "XThing",
  spec: schema.object({ size: schema.string() }),
  status: schema.object({}),
});

const thing = other.defineFunction({
  name: "thing",
  composite: [XThing],
  composes: { old: v1.ConfigMap, next: v1.ConfigMap },
  compose: ({ xr }) => {
    if (xr.spec.size === "huge") other.fatal("spec.size huge: choose a smaller one");
    return {
      resources: {
        old: other.goneOnce(({ observed, need }) => need(observed.next.object, "the next one")),
        next: v1.ConfigMap({ data: { size: xr.spec.size } }),
      },
    };
  },
});

const xr = (size: string) => ({
  apiVersion: "example.org/v1",
  kind: "XThing",
  metadata: { namespace: "team", name: "one", uid: "1" },
  spec: { size },
});

test("it is another copy", () => {
  expect(other.fatal).not.toBe(fatal);
});

test("what goes once it is replaced is known as such", () => {
  const { resources } = settle(thing, { xr: xr("small"), observed: {} });
  expect(Object.keys(resources)).toEqual(["next"]);
});

test("what is refused is refused, and no bug", () => {
  const outcome = settle(thing, { xr: xr("huge"), observed: {} });
  expect(isFatal(outcome)).toBe(true);
  expect(outcome.results).toMatchObject([{ severity: "Fatal", message: "spec.size huge: choose a smaller one" }]);
});
