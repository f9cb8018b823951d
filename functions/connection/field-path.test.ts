import { describe, expect, test } from "vitest";
import { parseFieldPath, valueAt } from "./field-path.js";

describe("a field path", () => {
  const cases: Readonly<Record<string, readonly (string | number)[]>> = {
    apiVersion: ["apiVersion"],
    "metadata.name": ["metadata", "name"],
    "status.atProvider.endpoints[0].url": ["status", "atProvider", "endpoints", 0, "url"],
    "metadata.annotations[crossplane.io/external-name]": ["metadata", "annotations", "crossplane.io/external-name"],
    "metadata.annotations['crossplane.io/external-name']": ["metadata", "annotations", "crossplane.io/external-name"],
    'metadata.annotations["a.b"]': ["metadata", "annotations", "a.b"],
    "data[.config.yml]": ["data", ".config.yml"],
    "spec.items[0][8]": ["spec", "items", 0, 8],
    "[42]": [42],
    "status.0": ["status", "0"],
  };
  test.each(Object.entries(cases))("%s", (path, segments) => {
    expect(parseFieldPath(path)).toEqual(segments);
  });

  const wrong: Readonly<Record<string, string>> = {
    ".metadata.name": "it begins with a dot; leave that out",
    "metadata..name": "there are two dots at 8; a name with dots stands in brackets",
    "metadata.name.": "it ends in a dot; leave that out",
    "spec.containers[]": "the brackets at 15 are empty; write an index or a name",
    "spec.containers.[0].name": "there is a dot before [ at 15; leave it out",
    "spec.containers[0": "the bracket at 15 is not closed",
    "spec.containers[0]name": "after ] at 18 a dot is missing",
    "spec.a]b": '"]" at 6 is not expected',
  };
  test.each(Object.entries(wrong))("%s is refused", (path, problem) => {
    expect(() => parseFieldPath(path)).toThrow(`cannot read the field path ${path}: ${problem}`);
  });
});

describe("the value at a path", () => {
  const object = {
    metadata: { annotations: { "a.b/c": "x" } },
    status: { list: [{ url: "u" }], none: null, "0": "z" },
  };
  const cases: readonly (readonly [string, unknown, string])[] = [
    ["metadata.annotations[a.b/c]", "x", "a name with dots"],
    ["status.list[0].url", "u", "an item of a list"],
    ["status.list[1].url", undefined, "the list has no such item"],
    ["status.list.length", undefined, "what a list inherits is no field"],
    ["status.toString", undefined, "what an object inherits is no field"],
    ["status.constructor.name", undefined, "what an object inherits is no field"],
    ["status.none", null, "null is there"],
    ["status.none.x", undefined, "there is nothing below null"],
    ["status.0", "z", "outside brackets it is a name"],
    ["status[0]", undefined, "an index is for lists"],
  ];
  test.each(cases)("%s is %j", (path, value, reason) => {
    expect(valueAt(object, parseFieldPath(path)), reason).toEqual(value);
  });
});
