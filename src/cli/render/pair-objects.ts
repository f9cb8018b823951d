import { gvkOf, namespaceOf, nameOf as ownNameOf } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

/** The same object before and after; undefined where it is not there. */
export interface Pair {
  /** What it was called, or is called where it is new. */
  readonly name: string;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
}

/** What an object is known again by; undefined where it has nothing of the kind. */
export type Identity = (object: JsonObject) => string | undefined;

/**
 * Pairs objects: those of `after` in their order, then what is only before.
 *
 * @param identities each is asked of what those before it did not pair. Default: group, kind, namespace and name
 */
export function pairObjects(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  identities: readonly Identity[] = [nameOf],
): readonly Pair[] {
  const partners = new Map<JsonObject, JsonObject>();
  for (const identity of identities) pairBy(identity, before, after, partners);
  const pairs = after.map((object) => {
    const partner = partners.get(object);
    return { name: nameOf(partner ?? object), before: partner, after: object };
  });
  const kept = new Set([...partners.values()].map(nameOf));
  // A dump may hold an object more than once, in other versions too.
  const gone = new Map(before.map((object) => [nameOf(object), object] as const).filter(([name]) => !kept.has(name)));
  return [...pairs, ...[...gone].map(([name, object]) => ({ name, before: object, after: undefined }))];
}

/** As people write it: `Secret payments/receipts-bucket`, `Bucket.s3.aws.m.upbound.io payments/receipts`. */
export const nameOf = remember((object: JsonObject): string => {
  const namespace = namespaceOf(object);
  return `${kindOf(object)} ${namespace ? `${namespace}/` : ""}${ownNameOf(object)}`;
});

/** A kind and its group, whatever the version. */
export function kindOf(object: JsonObject): string {
  const { group, kind } = gvkOf(object);
  return group ? `${kind}.${group}` : kind;
}

function pairBy(
  identity: Identity,
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  partners: Map<JsonObject, JsonObject>,
): void {
  const paired = new Set(partners.values());
  const old = new Map(before.filter((object) => !paired.has(object)).map((object) => [identity(object), object]));
  for (const object of after.filter((each) => !partners.has(each))) {
    const id = identity(object);
    const partner = id === undefined ? undefined : old.get(id);
    if (partner === undefined) continue;
    partners.set(object, partner);
    old.delete(id);
  }
}

/** Works out only once what an object says: each XR is compared with all that there was. */
export function remember<T>(read: (object: JsonObject) => T): (object: JsonObject) => T {
  const known = new WeakMap<JsonObject, T>();
  return (object) => {
    const value = known.get(object) ?? read(object);
    known.set(object, value);
    return value;
  };
}
