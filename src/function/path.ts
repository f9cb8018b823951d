/** The path of what has a name below a path; the empty path is that of everything. */
export function below(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

/** A pattern with keys in place of its segments `*`, from the outside in. */
export function fill(pattern: string, keys: readonly string[]): string {
  const left = [...keys];
  return pattern.replace(/(?<=^|\/)\*(?=\/|$)/g, () => left.shift() ?? "*");
}
