import fc from "fast-check";
import { type Resource } from "trimtab";
import { type Outcome, observe, settle } from "trimtab/testing";
import { encodeResponse } from "trimtab/wire";
import { describe, expect, test } from "vitest";
import { externalName } from "../platform/external-name.js";
import { identity } from "./function.js";
import { input } from "./testing.js";

// What XWorkloadIdentity promises, over random specs and random gaps in what is observed.

const spec = fc.record({
  serviceAccount: fc.constant("api"),
  createServiceAccount: fc.boolean(),
  credentials: fc.constantFrom("PodIdentity", "IRSA"),
});
type Spec = typeof spec extends fc.Arbitrary<infer T> ? T : never;
const xrOf = (spec: Spec): Resource => ({
  apiVersion: "platform.trimtab.dev/v1alpha1",
  kind: "XWorkloadIdentity",
  metadata: { namespace: "payments", name: "shared", uid: "1" },
  spec,
});

/** How much of what a provider reports a read shows. */
type Gap = "all" | "no status" | "empty strings" | "not ready" | "unsynced";
const gap = fc.constantFrom<Gap>("all", "no status", "empty strings", "not ready", "unsynced");
const gaps = fc.array(gap, { minLength: 1, maxLength: 6 });

const nameInIam = (role: Resource | undefined) => externalName(role) ?? "x";

function reported(resource: Resource, gap: Gap): object | undefined {
  if (resource.kind === "ServiceAccount" || gap === "no status") return undefined;
  const condition = (type: string, status: boolean) => ({ type, status: status ? "True" : "False" });
  return {
    atProvider: { arn: gap === "empty strings" ? "" : `arn:aws:iam::123456789012:role/${nameInIam(resource)}` },
    conditions:
      gap === "empty strings" ? [] : [condition("Ready", gap !== "not ready"), condition("Synced", gap !== "unsynced")],
  };
}

/** The next reconcile: what the last one desired is observed, each with its gap. The developer annotates as asked. */
function next(xr: Resource, before: Outcome | undefined, gaps: readonly Gap[]): Outcome {
  const resources = Object.entries(before?.resources ?? {});
  const seen = resources.map(([key, resource], index) => {
    return [
      key,
      { resource: observe(identity, xr, key, resource, reported(resource, gaps[index % gaps.length] ?? "all")) },
    ] as const;
  });
  const first = {
    xr: { ...xr, ...(before && { status: before.status }) },
    input,
    observed: Object.fromEntries(seen),
  };
  const arn = `arn:aws:iam::123456789012:role/${nameInIam(before?.resources["irsa/role"])}`;
  const account: Resource = {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { namespace: "payments", name: "api", annotations: { "eks.amazonaws.com/role-arn": arn } },
  };
  const { createServiceAccount } = xr.spec as Spec;
  let outcome = settle(identity, first);
  // What is asked for may depend on what was answered.
  for (let call = 0; call < 3; call++) {
    const required = Object.entries(outcome.requirements).map(([name, { kind }]) => {
      return [name, kind === "ServiceAccount" && !createServiceAccount ? [account] : []] as const;
    });
    outcome = settle(identity, { ...first, required: Object.fromEntries(required) });
  }
  return outcome;
}

const through = (xr: Resource, reads: readonly (readonly Gap[])[], from?: Outcome) =>
  reads.reduce<Outcome | undefined>((before, gaps) => next(xr, before, gaps), from);
const settledOn = (xr: Resource, from?: Outcome) => through(xr, [["all"], ["all"], ["all"], ["all"], ["all"]], from);
const isWhole = ({ resources }: Outcome) =>
  ("podIdentity/role" in resources && "podIdentity/association" in resources) || "irsa/role" in resources;

describe("promise 1: no ServiceAccount before its identity", () => {
  test("it appears only once all that it needs is ready, whole, and stays while reads have gaps", () => {
    fc.assert(
      fc.property(spec, fc.array(gaps, { minLength: 1, maxLength: 6 }), (spec, reads) => {
        const xr = xrOf(spec);
        let before: Outcome | undefined;
        for (const gaps of reads) {
          const now = next(xr, before, gaps);
          const { serviceAccount: account } = now.resources;
          const had = before?.resources["serviceAccount"];
          if (account && !had) {
            expect(before && isWhole(before)).toBe(true);
            expect(gaps.some((gap) => gap === "all")).toBe(true);
          }
          if (account && spec.credentials === "IRSA") {
            expect(account.metadata?.annotations?.["eks.amazonaws.com/role-arn"]).toContain(
              nameInIam(now.resources["irsa/role"]),
            );
          }
          if (had) expect(account).toEqual(had);
          before = now;
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("promise 2: nothing vanishes by accident", () => {
  test("blanked status changes nothing", () => {
    fc.assert(
      fc.property(spec, gaps, (spec, gaps) => {
        const xr = xrOf(spec);
        const before = settledOn(xr);
        expect(before?.waiting).toEqual({});
        const now = next(xr, before, gaps);
        expect(now.removed).toEqual([]);
        expect(now.resources).toEqual(before?.resources);
        expect(now.status).toEqual(before?.status);
      }),
      { numRuns: 40 },
    );
  });

  test("another spec: there is a whole identity at every moment, and in the end only the one that is asked for", () => {
    fc.assert(
      fc.property(spec, spec, fc.array(gaps, { maxLength: 4 }), (was, is, reads) => {
        const xr = xrOf(is);
        let before = settledOn(xrOf(was));
        for (const gaps of [...reads, ...Array<Gap[]>(5).fill(["all"])]) {
          const now: Outcome = next(xr, before, gaps);
          expect(now.results).toEqual([]);
          expect(isWhole(now)).toBe(true);
          if (was.createServiceAccount && is.createServiceAccount)
            expect(now.resources).toHaveProperty("serviceAccount");
          before = now;
        }
        const fresh = settledOn(xr);
        expect(before?.resources).toEqual(fresh?.resources);
        expect(before?.status).toEqual(fresh?.status);
        expect(before?.conditions).toEqual(fresh?.conditions);
        expect(before?.conditions[0]).toMatchObject({ type: "IdentityReady", status: "True" });
      }),
      { numRuns: 40 },
    );
  });
});

test("promise 3: the same bytes, whatever order a request is in", () => {
  fc.assert(
    fc.property(spec, gaps, (spec, gaps) => {
      const bytes = (spec: Spec) => {
        const xr = xrOf(spec);
        const { resources, status } = next(xr, settledOn(xr), gaps);
        const states = Object.entries(resources).map(([key, resource]) => [key, { resource }] as const);
        return encodeResponse({
          desired: { composite: { resource: { status } }, resources: Object.fromEntries(states) },
        });
      };
      const reversed = Object.fromEntries(Object.entries(spec).reverse()) as Spec;
      expect(Buffer.compare(bytes(spec), bytes(reversed))).toBe(0);
    }),
    { numRuns: 20 },
  );
});
