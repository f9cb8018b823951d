/** The path of a property. */
export function field(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}

/** The path of a map's entry, or of a list's item. */
export function entry(path: string, key: string | number): string {
  return `${path}[${key}]`;
}
