import fc from "fast-check";
import { GROUP } from "./things.js";

/** A write to one object, the same for a real API server and for the one in memory. */
export type Step =
  | { readonly what: "create"; readonly manager: string; readonly fields: Fields }
  | { readonly what: "apply"; readonly manager: string; readonly fields: Fields }
  /** Replaces these fields of the object as it was last read; of metadata those that are given. */
  | { readonly what: "update"; readonly manager: string; readonly fields: Fields; readonly stale: boolean }
  | { readonly what: "update status"; readonly manager: string; readonly fields: Fields }
  | { readonly what: "apply status"; readonly manager: string; readonly fields: Fields }
  | { readonly what: "delete"; readonly propagation: "Background" | "Foreground" | "Orphan" | undefined };

/** Fields of an object, but for its name. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Subject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly steps: fc.Arbitrary<readonly Step[]>;
}

// Not generated, since nobody writes it: null, items of a list that are there twice, managedFields other than those that
// were read, and more than ten managers. Nor are labels, annotations, finalizers and owners applied that are empty: of a
// custom resource the API server stores them and does not read them back, so that each further write is a new version.

export function subjects(): Readonly<Record<string, Subject>> {
  const [spec, status] = [thingSpec(), thingStatus()];
  const own = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
    fc.record(fields, { requiredKeys: [] }).map(withoutUndefined);
  return {
    "a custom resource with a status subresource": {
      apiVersion: `${GROUP}/v1`,
      kind: "Thing",
      steps: steps(own({ spec, status: rarely(status) }), own({ status, spec: rarely(spec) })),
    },
    "a custom resource without one": { apiVersion: `${GROUP}/v1`, kind: "Plain", steps: steps(own({ spec, status })) },
    "a Secret": {
      apiVersion: "v1",
      kind: "Secret",
      steps: steps(
        own({ data: bytes(), stringData: texts(), type: rarely(fc.constantFrom("Opaque", "example.org/a")) }),
      ),
    },
    "a ConfigMap": {
      apiVersion: "v1",
      kind: "ConfigMap",
      steps: steps(
        own({ data: texts(), binaryData: rarely(fc.constant({ z: "AA==" })), immutable: rarely(fc.constant(true)) }),
      ),
    },
    "a ServiceAccount": {
      apiVersion: "v1",
      kind: "ServiceAccount",
      steps: steps(
        own({
          secrets: subset({ name: "a" }, { name: "b" }),
          imagePullSecrets: subset({ name: "a" }, { name: "b" }),
          automountServiceAccountToken: fc.boolean(),
        }),
      ),
    },
  };
}

function steps(fields: fc.Arbitrary<Fields>, status?: fc.Arbitrary<Fields>): fc.Arbitrary<readonly Step[]> {
  const manager = fc.constantFrom("ann", "bob", "cleo");
  const withMetadata = (metadata: fc.Arbitrary<Fields>) =>
    fc.tuple(metadata, fields).map(([metadata, fields]) => ({ ...metadata, ...fields }));
  const whole = withMetadata(metadata({ least: 1 }));
  const write = <T extends Step["what"]>(what: T, fields: fc.Arbitrary<Fields>) =>
    fc.record({ what: fc.constant(what), manager, fields });
  const applied = write("apply", whole);
  const update = fc.record({
    what: fc.constant("update" as const),
    manager,
    fields: withMetadata(metadata({ least: 0 })),
    stale: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  });
  const propagation = fc.constantFrom("Background" as const, "Foreground" as const, "Orphan" as const, undefined);
  const deletion = fc.record({ what: fc.constant("delete" as const), propagation });
  const own = status
    ? fc.tuple(rarely(metadata({ least: 1 })), status).map(([metadata, own]) => ({ ...metadata, ...own }))
    : undefined;
  const next = fc.oneof(
    { weight: 6, arbitrary: applied as fc.Arbitrary<Step> },
    { weight: 3, arbitrary: update },
    { weight: 1, arbitrary: write("create", whole) },
    { weight: 1, arbitrary: deletion },
    ...(own
      ? [
          { weight: 2, arbitrary: write("update status", own) },
          { weight: 1, arbitrary: write("apply status", own) },
        ]
      : []),
  );
  const first = fc.oneof(write("create", whole), applied) as fc.Arbitrary<Step>;
  return fc.tuple(first, fc.array(next, { minLength: 1, maxLength: 7 })).map(([head, tail]) => [head, ...tail]);
}

function metadata({ least }: { readonly least: number }): fc.Arbitrary<Fields> {
  const owner = (uid: string, more: object = {}) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    name: "owner",
    uid,
    ...more,
  });
  const parts = fc.record(
    {
      labels: fc.dictionary(fc.constantFrom("a", "b", "example.org/c"), fc.constantFrom("1", "2"), {
        minKeys: least,
        maxKeys: 2,
      }),
      annotations: fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("1", "2", "<&>"), {
        minKeys: least,
        maxKeys: 2,
      }),
      finalizers: rarely(fc.subarray(["example.org/a", "example.org/b"], { minLength: least })),
      ownerReferences: rarely(
        fc.subarray<object>([owner("u1"), owner("u2", { controller: true }), owner("u3", { controller: true })], {
          minLength: least,
        }),
      ),
    },
    { requiredKeys: [] },
  );
  return parts.map((parts) => {
    const there = Object.entries(parts).filter(([, value]) => value !== undefined);
    return there.length > 0 ? { metadata: Object.fromEntries(there) } : {};
  });
}

function thingSpec(): fc.Arbitrary<unknown> {
  const word = fc.constantFrom("x", "y", "<z>");
  const words = (...keys: readonly string[]) => fc.dictionary(fc.constantFrom(...keys), word, { maxKeys: 3 });
  const ab = words("a", "b");
  const port = fc.record(
    { port: fc.constantFrom(80, 443), protocol: fc.constantFrom("TCP", "UDP"), note: word },
    { requiredKeys: ["port"] },
  );
  const ports = fc.uniqueArray(port, {
    maxLength: 3,
    selector: ({ port, protocol = "TCP" }: { readonly port: number; readonly protocol?: string }) =>
      `${port}${protocol}`,
  });
  return fc
    .record(
      {
        title: fc.constantFrom("a", "ab", "abc", "abcd"),
        mode: fc.constantFrom("slow", "fast"),
        count: fc.nat(2),
        fixed: rarely(fc.constantFrom("a", "b")),
        tags: shuffled("a", "b", "c", "<d>"),
        ports,
        args: fc.array(word, { maxLength: 2 }),
        rules: fc.array(ab, { maxLength: 2 }),
        selector: ab,
        settings: words("a", "b", "c"),
        groups: fc.dictionary(fc.constantFrom("a", "b"), ab, { maxKeys: 2 }),
        nested: fc.record({ a: word, deep: words("b", "c") }, { requiredKeys: [] }),
        size: fc.constantFrom<unknown>(1, "1Gi"),
        free: fc.dictionary(
          fc.constantFrom("a", "b"),
          fc.constantFrom<unknown>("x", 1, true, [], ["x"], {}, { c: "x" }, { c: { d: 1 } }, [{ e: 1 }]),
          { maxKeys: 2 },
        ),
        unknown: fc.integer({ min: 0, max: 15 }).map((number) => (number === 0 ? 1 : undefined)),
      },
      { requiredKeys: [] },
    )
    .map(withoutUndefined);
}

function thingStatus(): fc.Arbitrary<unknown> {
  const condition = (type: string) =>
    fc.record({ type: fc.constant(type), status: fc.constantFrom("True", "False") }) as fc.Arbitrary<unknown>;
  return fc.record(
    {
      phase: fc.constantFrom("a", "b"),
      atProvider: fc.constantFrom({}, { arn: "a" }, { arn: "b", list: [1] }),
      conditions: fc
        .constantFrom<readonly string[]>([], ["Ready"], ["Synced"], ["Ready", "Synced"])
        .chain((types) => fc.tuple(...types.map(condition))),
    },
    { requiredKeys: [] },
  );
}

function texts(): fc.Arbitrary<unknown> {
  return fc.dictionary(fc.constantFrom("a", "b", "c.d"), fc.constantFrom("", "x", "ü"), { maxKeys: 3 });
}

function bytes(): fc.Arbitrary<unknown> {
  return fc.dictionary(fc.constantFrom("a", "b", "c.d"), fc.constantFrom("", "eA==", "w7w="), { maxKeys: 3 });
}

function subset<T>(...items: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.subarray([...items]);
}

function shuffled<T>(...items: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.shuffledSubarray([...items]);
}

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc
    .option(arbitrary, { nil: undefined, freq: 1 })
    .chain((value) => fc.boolean().map((there) => (there ? value : undefined)));
}

function withoutUndefined(fields: object): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
