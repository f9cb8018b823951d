import { describe, expect, test } from "vitest";
import { type JsonObject } from "../../wire/index.js";
import { Compositions } from "./compositions.js";

const manifest = (name: string, labels: JsonObject = {}) => ({
  apiVersion: "apiextensions.crossplane.io/v1",
  kind: "Composition",
  metadata: { name, labels },
  spec: { compositeTypeRef: { apiVersion: "example.org/v1", kind: "XThing" }, mode: "Pipeline", pipeline: [] },
});

describe("Compositions that are installed", () => {
  test.each([
    { reason: "the same again", next: [manifest("a")], changed: [] },
    { reason: "another version of one", next: [manifest("a", { version: "2" })], changed: ["a"] },
    { reason: "one more", next: [manifest("a"), manifest("b")], changed: ["b"] },
    { reason: "none", next: [], changed: [] },
  ])("tell what has changed: $reason", ({ next, changed }) => {
    const compositions = new Compositions();
    expect(compositions.install([manifest("a")])).toEqual(["a"]);
    expect(compositions.install(next)).toEqual(changed);
  });

  test("keep what they were, and number what they are", () => {
    const compositions = new Compositions();
    compositions.install([manifest("a")]);
    const first = compositions.latest("a", {});
    compositions.install([manifest("a", { version: "2" })]);
    const second = compositions.latest("a", {});
    expect([first?.number, second?.number]).toEqual([1, 2]);
    expect(compositions.revision(first?.name ?? "")).toBe(first);
    expect(compositions.latest("a", { version: "2" })).toBe(second);
    expect(compositions.latest("a", { version: "3" })).toBeUndefined();
    // What it was before and is again is the newest once more.
    compositions.install([manifest("a")]);
    expect(compositions.latest("a", {})).toMatchObject({ name: first?.name, number: 3 });
  });

  test("are refused by name where they are none", () => {
    expect(() => new Compositions().install([{ ...manifest("a"), kind: "Other" }])).toThrow(
      "cannot read Composition a: it is not",
    );
  });
});
