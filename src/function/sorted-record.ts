/** The entries as a record, in the order of their keys. */
export function sortedRecord<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const all = [...entries];
  if (!isSorted(all)) all.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(all);
}

/** Most often they are few, and in order already. */
function isSorted(entries: readonly (readonly [string, unknown])[]): boolean {
  return entries.every(([key], index) => index === 0 || (entries[index - 1]?.[0] ?? "") <= key);
}
