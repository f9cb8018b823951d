import { expect, test } from "vitest";
import { stepsOf } from "./steps.js";

const value = {
  spec: {
    list: [{ a: 1 }, { a: { b: 2 } }],
    tags: { "a.b": 1, "c[0].d": 2, a: { b: 3 } },
    "example.org/x": { y: 1 },
    a: { b: { c: 1 } },
    "a.b": { d: 1 },
  },
};

test.each([
  { path: ".", steps: [] },
  { path: "spec", steps: ["spec"] },
  { path: "spec.list[1].a.b", steps: ["spec", "list", 1, "a", "b"] },
  { path: "spec.tags[a.b]", steps: ["spec", "tags", "a.b"] },
  { path: "spec.tags[a].b", steps: ["spec", "tags", "a", "b"] },
  { path: "spec.tags[c[0].d]", steps: ["spec", "tags", "c[0].d"] },
  { path: "spec.example.org/x.y", steps: ["spec", "example.org/x", "y"] },
  { path: "spec.a.b.c", steps: ["spec", "a", "b", "c"] },
  { path: "spec.a.b.d", steps: ["spec", "a.b", "d"] },
  { path: "spec.list[7].a", steps: ["spec", "list"] },
  { path: "spec.missing.more", steps: ["spec"] },
  { path: "status", steps: [] },
  { path: "specific", steps: [] },
])("finds $path", ({ path, steps }) => {
  expect(stepsOf(value, path)).toEqual(steps);
});
