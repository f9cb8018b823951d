/** The names of an object's own enumerable properties, by UTF-16 code unit. */
export function sortedKeys(object: object): readonly string[] {
  const keys = Object.keys(object);
  return keys.length <= FEW ? sortFew(keys) : keys.sort();
}

/** So many take longer to hand over than to put in order. */
const FEW = 24;

/** Each in turn is put where it belongs among those before it, which most often is where it is. */
function sortFew(keys: string[]): readonly string[] {
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] ?? "";
    let at = index;
    for (; at > 0; at--) {
      const before = keys[at - 1] ?? "";
      if (isBefore(before, key)) break;
      keys[at] = before;
    }
    if (at < index) keys[at] = key;
  }
  return keys;
}

/** Most differ in the first letter, which takes less to compare than the two. */
function isBefore(a: string, b: string): boolean {
  const difference = a.charCodeAt(0) - b.charCodeAt(0);
  return difference === 0 || Number.isNaN(difference) ? a < b : difference < 0;
}
