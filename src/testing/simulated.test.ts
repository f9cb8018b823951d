import { describe, expect, expectTypeOf, test } from "vitest";
import { anyXR, defineFunction, many } from "../function/index.js";
import { s3, v1 } from "../models/index.js";
import { defineXRD, list, object, string } from "../schema/index.js";
import { simulated } from "./simulated.js";
import "./vitest.js";

const X = defineXRD({
  group: "example.org",
  version: "v1",
  kind: "X",
  spec: object({ region: string(), readers: list(string()).default([]) }),
  status: object({ arn: string().optional() }),
});
const fn = defineFunction({
  name: "x",
  composite: X,
  input: object({ mark: string() }),
  composes: { bucket: s3.Bucket, readers: many({ secret: v1.Secret }) },
  compose: ({ xr, input, composed }) => ({
    resources: {
      bucket: s3.Bucket({ spec: { forProvider: { region: xr.spec.region, tags: { mark: input.mark } } } }),
      readers: composed.readers.each(
        xr.spec.readers,
        (name) => name,
        (name) => ({
          secret: ({ observed, need }) =>
            v1.Secret({
              metadata: { name: `of-${name}` },
              text: { arn: need(observed.bucket.status?.atProvider?.arn, "the ARN") },
            }),
        }),
      ),
    },
    status: ({ observed }) => ({ arn: observed.bucket.status?.atProvider?.arn }),
  }),
});
const xr = { metadata: { name: "one", namespace: "n" }, spec: { region: "eu-west-1", readers: ["ann"] } };
const input = { mark: "m" };

describe("one function, alone", () => {
  test("until it is ready", async () => {
    const done = await simulated(fn, { xr, input });
    expect(done.stages.map(({ isReached }) => isReached)).toEqual([true]);
    expect(done.stages[0]?.composites).toMatchObject([{ isReady: true }]);
    expect(done.xr).toMatchObject({ status: { arn: expect.stringMatching(/^arn:aws:s3:::/) } });
    const bucket = done.composed("bucket");
    expectTypeOf(bucket).toEqualTypeOf<s3.Bucket>();
    expect(bucket.spec.forProvider.tags).toMatchObject({ mark: "m" });
    expect(done.secret("of-ann")).toEqual({ arn: bucket.status?.atProvider?.arn });
    expect(done.secret("readers/ann/secret")).toEqual(done.secret("of-ann"));
    expect(done).toPublishSecret("of-ann", ["arn"]);
    expect(done).toHaveReady("bucket");
    expect(done).toDelete();
    expect(done.when("ready", "bucket")).toBeLessThan(done.when("published", "of-ann") ?? 0);
    expect(done.when("deleted", "bucket")).toBeUndefined();
  });

  test("with something that goes wrong", async () => {
    const done = await simulated(fn, {
      xr,
      input,
      faults: [{ on: { kind: "Bucket" }, fault: "never-ready" }],
      limit: 60_000,
    });
    expect(done.stages[0]?.composites).toMatchObject([{ isReady: false }]);
    expect(done).not.toHaveReady("bucket");
  });

  test("and what happens then", async () => {
    const less = { ...xr, spec: { ...xr.spec, readers: [] } };
    const done = await simulated(fn, { xr, input, next: [{ xr: less }, { title: "gone", xr: null }] });
    expect(done).toDelete("readers/ann/secret", "bucket");
    expect(done.xr).toBeUndefined();
    expect(done.stages.map(({ title, isReached }) => [title, isReached]).at(-1)).toEqual(["gone", true]);
    expect(() => done.composed("bucket")).toThrow(
      "cannot read bucket, which is not there at the end; there is nothing",
    );
    expect(() => done.secret("of-ann")).toThrow("cannot read of-ann");
  });

  test("but not one of any XR", async () => {
    const any = defineFunction({
      name: "any",
      composite: anyXR({ group: "g.io" }),
      composes: {},
      compose: () => ({ resources: {} }),
    });
    await expect(
      simulated(any, { xr: { apiVersion: "a/v1", kind: "A", metadata: { name: "a" }, spec: {} } }),
    ).rejects.toThrow("cannot simulate any alone: it composes any XR");
  });
});
