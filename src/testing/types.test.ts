import { describe, expect, expectTypeOf, test } from "vitest";
import { defineFunction, formerly, many } from "../function/index.js";
import { iam, v1 } from "../models/index.js";
import { type Desired } from "../resource/kind.js";
import { defineXRD, list, object, string } from "../schema/index.js";
import { type Names } from "./composed-at.js";
import { run } from "./run.js";

const X = defineXRD({
  group: "example.org",
  version: "v1",
  kind: "X",
  spec: object({ names: list(string()).default([]) }),
  status: object({}),
});
const composes = {
  config: v1.ConfigMap,
  renamed: formerly("old", v1.ConfigMap),
  pod: { role: iam.Role },
  readers: many({ settings: v1.ConfigMap, pod: { secret: v1.Secret } }),
};
const fn = defineFunction({
  name: "x",
  composite: X,
  composes,
  compose: ({ xr, composed }) => ({
    resources: {
      config: v1.ConfigMap({ data: { a: "b" } }),
      renamed: null,
      pod: { role: ({ need }) => need(undefined as never, "the moon") },
      readers: composed.readers.each(
        xr.spec.names,
        (name) => name,
        (name) => ({ settings: v1.ConfigMap({ data: { name } }), pod: { secret: v1.Secret({ text: { name } }) } }),
      ),
    },
  }),
});
const ran = run(fn, { xr: { metadata: { name: "one", namespace: "n" }, spec: { names: ["ann"] } } });

describe("composed", () => {
  test("knows the composition resource names", () => {
    expectTypeOf<Names<typeof composes>>().toEqualTypeOf<
      "config" | "renamed" | "pod/role" | `readers/${string}/settings` | `readers/${string}/pod/secret`
    >();
  });

  test("gives each its type, which is never undefined", () => {
    expectTypeOf(ran.composed("config")).toEqualTypeOf<Desired<v1.ConfigMap>>();
    expectTypeOf(ran.composed<"renamed">).returns.toEqualTypeOf<Desired<v1.ConfigMap>>();
    expectTypeOf(ran.composed<"pod/role">).returns.toEqualTypeOf<Desired<iam.Role>>();
    expectTypeOf(ran.composed("readers/ann/settings")).toEqualTypeOf<Desired<v1.ConfigMap>>();
    expectTypeOf(ran.composed("readers/ann/pod/secret")).toEqualTypeOf<Desired<v1.Secret>>();
    expect(ran.composed("readers/ann/settings").data).toEqual({ name: "ann" });
  });

  test("refuses other names when it is compiled, and when it is run", () => {
    // @ts-expect-error it is no composition resource name
    expect(() => ran.composed("confg")).toThrow(
      "cannot read confg, which is not desired; did you mean config? there is config, readers/ann/pod/secret, readers/ann/settings",
    );
  });

  test("says what it waits for", () => {
    expect(() => ran.composed("pod/role")).toThrow(
      "cannot read pod/role, which is not desired: it waits for the moon; ",
    );
  });
});
