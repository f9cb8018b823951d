import fc from "fast-check";
import { type Resource } from "trimtab";
import { type Outcome, observe, type Request, settle } from "trimtab/testing";
import { expect, test } from "vitest";
import { connection } from "./function.js";

// Whole or not at all, over random orders and gaps of what is observed.

const xr: Resource = {
  apiVersion: "platform.example.org/v1",
  kind: "XDatabase",
  metadata: { name: "orders", namespace: "shop", uid: "1" },
  spec: { engine: "postgres" } as object,
};
const detail = (name: string, resource: string) => ({
  name,
  type: "FromConnectionSecretKey",
  resource,
  fromConnectionSecretKey: name,
});
const field = (name: string, resource: string) => ({
  name,
  type: "FromFieldPath",
  resource,
  fromFieldPath: `status.${name}`,
});
const input = {
  secrets: [
    {
      nameFrom: { fieldPath: "metadata.name", suffix: "-app" },
      connectionDetails: [
        detail("username", "user"),
        detail("password", "user"),
        field("host", "instance"),
        { ...field("replica", "instance"), optional: true },
        { name: "engine", type: "FromCompositeFieldPath", fromFieldPath: "spec.engine" },
        { name: "provider", type: "FromValue", value: "aws" },
      ],
    },
    { name: "admin", waitForReady: true, connectionDetails: [detail("password", "admin"), field("host", "instance")] },
  ],
};
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  "secrets/orders-app/secret": ["engine", "host", "password", "provider", "username"],
  "secrets/admin/secret": ["host", "password"],
};

/** What a read shows of a value: nothing, what providers publish before they know better, or one of its values. */
const value = fc.constantFrom(undefined, "", "fake-value-1", "fake-value-2");
const resource = fc.option(
  fc.record({ username: value, password: value, host: value, replica: value, ready: fc.boolean() }),
  { nil: undefined },
);
const read = fc.record({ user: resource, admin: resource, instance: resource });
type Read = typeof read extends fc.Arbitrary<infer T> ? T : never;

test("a Secret is never in part, never loses a key, and changes only to what all is known of", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(read, fc.boolean()), { minLength: 1, maxLength: 8 }), (reads) => {
      let before: Outcome | undefined;
      for (const [read, reversed] of reads) {
        const now = next(before, read, reversed);
        expect(now.results.filter(({ severity }) => severity === "Fatal")).toEqual([]);
        expect(now.removed).toEqual([]);
        for (const [key, secret] of Object.entries(now.resources)) {
          const data = dataOf(secret);
          expect(Object.keys(data)).toEqual(expect.arrayContaining([...(REQUIRED[key] ?? ["no such Secret"])]));
          expect(Object.values(data)).not.toContain("");
          expect(secret.metadata?.namespace).toBeUndefined();
        }
        for (const [key, secret] of Object.entries(before?.resources ?? {})) {
          const [was, is] = [dataOf(secret), now.resources[key] && dataOf(now.resources[key])];
          expect(Object.keys(is ?? {})).toEqual(expect.arrayContaining(Object.keys(was)));
          if (now.waiting[key]) expect(is).toEqual(was);
        }
        const missing = Object.keys(REQUIRED).filter((key) => !now.resources[key]);
        expect(now.complete).toBe(missing.length === 0);
        expect(Object.keys(now.waiting)).toEqual(expect.arrayContaining(missing));
        before = now;
      }
    }),
    { numRuns: 200 },
  );
});

test("the same of a legacy XR's own connection details", () => {
  const details = [detail("password", "user"), field("host", "instance")];
  fc.assert(
    fc.property(fc.array(read, { minLength: 1, maxLength: 8 }), (reads) => {
      let before: Readonly<Record<string, string>> = {};
      for (const read of reads) {
        const { metadata, ...legacy } = xr;
        const { connectionDetails } = settle(connection, {
          xr: { ...legacy, metadata: { name: "orders-x", uid: "1" } },
          input: { secrets: [], connectionDetails: details },
          observed: statesOf(read, false),
          connectionDetails: before,
        });
        expect([0, 2]).toContain(Object.keys(connectionDetails).length);
        if (Object.keys(before).length > 0) expect(Object.keys(connectionDetails)).toEqual(Object.keys(before));
        before = connectionDetails;
      }
    }),
    { numRuns: 100 },
  );
});

/** The next reconcile: what the last one desired is observed, beside what other steps composed. */
function next(before: Outcome | undefined, read: Read, reversed: boolean): Outcome {
  const own = Object.entries(before?.resources ?? {}).map(
    ([key, secret]) => [key, { resource: observe(connection, xr, key, secret) }] as const,
  );
  const request = { xr, input, observed: { ...statesOf(read, reversed), ...Object.fromEntries(own) } };
  const { requirements } = settle(connection, request);
  const required = Object.fromEntries(Object.keys(requirements).map((name) => [name, []]));
  return settle(connection, { ...request, required });
}

function statesOf(read: Read, reversed: boolean): Request["observed"] {
  const states = Object.entries(read).flatMap(([name, seen]) => {
    if (!seen) return [];
    const { ready, username, password, ...status } = seen;
    const resource: Resource = {
      apiVersion: "example.org/v1",
      kind: "Thing",
      metadata: { name },
      status: { ...status, conditions: [{ type: "Ready", status: ready ? "True" : "False" }] } as object,
    };
    const connection = Object.entries({ username, password }).flatMap(([key, text]) =>
      text === undefined ? [] : [[key, text] as const],
    );
    return [[name, { resource, connection: Object.fromEntries(connection) }] as const];
  });
  return Object.fromEntries(reversed ? states.reverse() : states);
}

function dataOf(secret: Resource): Readonly<Record<string, string>> {
  return (secret as Resource & { readonly data: Readonly<Record<string, string>> }).data;
}
