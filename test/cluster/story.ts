import fc from "fast-check";
import { type Resource } from "../../src/resource/resource.js";

/** What Crossplane applies, and what others write into it afterwards. */
export interface Story {
  readonly intent: Resource;
  readonly writes: readonly Write[];
}

/** A write by a manager other than Crossplane. */
export interface Write {
  readonly manager: "provider" | "operator";
  /** Controllers merge; people and GitOps tools apply, which here takes over what differs. */
  readonly how: "merge" | "apply";
  /** The parts of the object that are written. */
  readonly patch: Readonly<Record<string, unknown>>;
  /** Default: the object without its status. */
  readonly subresource?: "status";
}

/** Stories of objects with these fields, into which others write these. Metadata is added to both. */
export function stories(
  { apiVersion, kind }: Pick<Resource, "apiVersion" | "kind">,
  fields: fc.Arbitrary<object>,
  written: fc.Arbitrary<object>,
  status?: fc.Arbitrary<unknown>,
): fc.Arbitrary<Story> {
  const manager = fc.constantFrom("provider" as const, "operator" as const);
  const how = fc.constantFrom("merge" as const, "apply" as const);
  const patch = fc.tuple(metadata, written).map(([metadata, fields]) => ({ metadata, ...fields }));
  const write: fc.Arbitrary<Write> = fc.record({ manager, how, patch });
  const report: fc.Arbitrary<Write> = fc.record({
    manager: fc.constant("provider" as const),
    how: fc.constant("merge" as const),
    patch: fc.record({ status: status ?? fc.constant({}) }),
    subresource: fc.constant("status" as const),
  });
  return fc.record({
    intent: fc.tuple(metadata, fields).map(([metadata, fields]) => ({ apiVersion, kind, metadata, ...fields })),
    writes: fc.array(status ? fc.oneof({ weight: 2, arbitrary: write }, report) : write, { maxLength: 3 }),
  });
}

const annotation = fc.constantFrom("crossplane.io/external-name", "example.org/note", "example.org/a.b");
const label = fc.constantFrom("app", "example.org/team", "crossplane-kind");
const labelValue = fc.constantFrom("", "a", "a.b-c_d");
const finalizer = fc.constantFrom("example.org/protect", "example.org/keep");

const metadata = fc.record(
  {
    annotations: fc.dictionary(annotation, fc.string({ maxLength: 8 }), { maxKeys: 2 }),
    labels: fc.dictionary(label, labelValue, { maxKeys: 2 }),
    finalizers: fc.uniqueArray(finalizer, { minLength: 1 }),
  },
  { requiredKeys: [] },
);
