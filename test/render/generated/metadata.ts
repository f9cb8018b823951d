import fc from "fast-check";
import { text } from "./values.js";

/** What XRs are called. */
export const xrName: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("thing", "my-thing", "a.b") },
  fc.constantFrom("t", "a".repeat(50), "thing-".repeat(11).slice(0, -1), "x".repeat(63)),
);

/** Composition resource names. */
export const resourceName: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", "b", "c", "config", "bucket") },
  fc.constantFrom("B", "a b", "a/b", "ü", "12", "true", "x: y"),
);

const labelValues = fc.constantFrom("", "x", "y", "a.b", "12");

export const labels = fc.dictionary(fc.constantFrom("app", "tier", "example.org/team"), labelValues, {
  maxKeys: 2,
  noNullPrototype: true,
});

export const annotations = fc.dictionary(
  fc.constantFrom("note", "example.org/a.b", "crossplane.io/external-name"),
  text,
  {
    maxKeys: 2,
    noNullPrototype: true,
  },
);

/** Conditions as a status has them. */
export const conditions = fc.array(
  fc.record(
    {
      type: fc.constantFrom("Ready", "Synced", "Responsive", "Painted", "Mine"),
      status: fc.constantFrom("True", "False", "Unknown"),
      reason: fc.constantFrom("Available", "Creating", "ReconcileSuccess", "WatchCircuitClosed", "Given"),
      lastTransitionTime: fc.constantFrom("2023-03-03T03:03:03Z", "2023-03-03T03:03:03+02:00"),
      message: text,
      observedGeneration: fc.nat({ max: 5 }),
    },
    { requiredKeys: ["type", "status", "reason", "lastTransitionTime"] },
  ),
  { maxLength: 4 },
);
