import { describe, expect, test } from "vitest";
import { encodeResponse, type JsonObject, Ready, Severity } from "../wire/index.js";
import { type Composition } from "./read-composition.js";
import { type RenderInput, render } from "./render.js";
import { type FunctionCall } from "./run-step.js";

// The bytes are compared with the real one in test/render. Here is what the printed output does not show.

const xr = {
  apiVersion: "example.org/v1",
  kind: "XThing",
  metadata: { namespace: "default", name: "thing", uid: "thing-uid" },
};
const composition: Composition = {
  name: "things",
  labels: {},
  compositeTypeRef: { apiVersion: "example.org/v1", kind: "XThing" },
  pipeline: [{ step: "one", function: "fn", credentials: [], requiredResources: {}, requiredSchemas: {} }],
};
const observed = (name: string, owner: JsonObject = { uid: "thing-uid", controller: true }) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: {
    namespace: "default",
    name,
    labels: { "crossplane.io/composite": "thing", own: "label" },
    annotations: { "crossplane.io/composition-resource-name": name },
    ownerReferences: [{ apiVersion: "example.org/v1", kind: "XThing", name: "thing", ...owner }],
  },
});

describe("render", () => {
  test("says what would be deleted, without the labels of its owner", async () => {
    const { deleted } = await rendered(answering({}), { observed: [observed("a"), observed("b")] });
    expect(deleted.map(({ metadata }) => metadata)).toMatchObject([
      { name: "a", labels: { own: "label" } },
      { name: "b", labels: { own: "label" } },
    ]);
  });

  test("what nobody is known to control is not deleted", async () => {
    const { deleted } = await rendered(answering({}), { observed: [observed("a", { uid: "thing-uid" })] });
    expect(deleted).toEqual([]);
  });

  test("a fatal result has the step, and what was said before it", async () => {
    const results = [
      { severity: Severity.Normal, message: "began" },
      { severity: Severity.Fatal, message: "no" },
    ];
    await expect(rendered(answering({ results }))).rejects.toMatchObject({
      name: "PipelineFatal",
      step: "one",
      message: 'pipeline step "one" returned a fatal result: no',
      events: [{ type: "Normal", message: 'Pipeline step "one": began' }],
    });
  });

  test("changes nothing of what it is given", async () => {
    const input = { xr, composition, observed: [observed("a")] };
    const before = structuredClone(input);
    await rendered(answering({}), input);
    expect(input).toEqual(before);
  });

  test("the same input gives the same output", async () => {
    const desired = {
      resources: {
        b: { resource: { apiVersion: "v1", kind: "ConfigMap" }, ready: Ready.True },
        a: { resource: { apiVersion: "v1", kind: "ConfigMap" }, ready: Ready.False },
      },
    };
    const [first, second] = [await rendered(answering({ desired })), await rendered(answering({ desired }))];
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
    expect(first.composed).toHaveLength(2);
  });
});

function answering(response: Parameters<typeof encodeResponse>[0]): FunctionCall {
  return () => encodeResponse(response);
}

function rendered(fn: FunctionCall, input: Partial<RenderInput> = {}) {
  return render({ xr, composition, functions: { fn }, ...input });
}
