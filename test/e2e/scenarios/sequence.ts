import { type Happening, type Subject } from "../../../src/simulate/index.js";

/** What happened to each object, as far as it lasts: that it was made or deleted, and not that it was waited for. */
export type Sequences = Readonly<Record<string, readonly string[]>>;

export function sequencesOf(happenings: readonly Happening[]): Sequences {
  const found = new Map<string, string[]>();
  for (const { what, object } of happenings) {
    if (!LASTING.has(what) || isKubernetesOwn(object)) continue;
    const key = `${object.resource ?? object.kind} of ${plainName(object.composite ?? object.name)}`;
    const sequence = found.get(key) ?? [];
    found.set(key, sequence);
    if (sequence.at(-1) !== what) sequence.push(what);
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What of `expected` did not happen, or in another order, and what happened to objects that it does not know. More may happen
 * in between: what is deleted while Crossplane is about to write it comes back, and goes again.
 */
export function missingIn(happened: Sequences, expected: Sequences): readonly string[] {
  const lacking = Object.entries(expected).flatMap(([key, sequence]) => {
    const real = happened[key] ?? [];
    return isWithin(sequence, real)
      ? []
      : [`${key}: ${sequence.join(", ")} is expected, and it was ${real.join(", ")}`];
  });
  const unknown = Object.entries(happened).flatMap(([key, sequence]) =>
    expected[key] ? [] : [`${key}: nothing is expected, and it was ${sequence.join(", ")}`],
  );
  return [...lacking, ...unknown];
}

function isWithin(sequence: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const what of whole) if (what === sequence[at]) at++;
  return at === sequence.length;
}

const LASTING: ReadonlySet<string> = new Set([
  "applied",
  "created",
  "changed",
  "made",
  "published",
  "deleting",
  "removed",
  "kept",
  "deleted",
]);

/** Each namespace has one, which no scenario tells of. */
function isKubernetesOwn({ kind, name }: Subject): boolean {
  return kind === "ServiceAccount" && name === "default";
}

const plainName = (name: string) => name.replace(MADE, "<made>");

/** What names are made of that are not given: a uid, a hash, or five characters for the XR of a claim. */
const MADE = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12}$|-[a-z0-9]{5}$/;
