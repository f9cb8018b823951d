/** The names of an object's own enumerable properties, by UTF-16 code unit. */
export function sortedKeys(object: object): readonly string[] {
  const keys = Object.keys(object);
  for (let index = 1; index < keys.length; index++) {
    // Most often they are in order already, and looking takes less than sorting.
    if ((keys[index - 1] ?? "") > (keys[index] ?? "")) return keys.sort();
  }
  return keys;
}
