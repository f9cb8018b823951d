/** Says what there is in the place of a name: what is most like it first, and no more than a reader looks through. */
export function nearest(name: string, names: readonly string[]): string {
  if (names.length === 0) return "there is nothing";
  const sorted = names.toSorted((a, b) => distance(name, a) - distance(name, b) || (a < b ? -1 : 1));
  const [first = ""] = sorted;
  const isNear = distance(name, first) <= Math.max(2, Math.floor(name.length / 3));
  return `${isNear ? `did you mean ${first}? ` : ""}there is ${listed(names)}`;
}

/** Names as a list for people, with at most 20 of them. */
export function listed(names: readonly string[]): string {
  const more = names.length - MOST;
  const shown = names.toSorted().slice(0, MOST);
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

const MOST = 20;

/** How many characters have to be changed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (char === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
