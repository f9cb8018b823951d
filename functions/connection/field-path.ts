/** A field of an object, or an item of a list. */
export type Segment = string | number;

/**
 * Reads a field path in Crossplane's syntax: `status.atProvider.endpoints[0].url`, and with brackets around names that have
 * dots, `metadata.annotations[crossplane.io/external-name]`. Names in brackets may be quoted.
 *
 * @throws Error that says what is wrong, and where
 */
export function parseFieldPath(path: string): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  while (at < path.length) {
    const [whole, dot, name, inner] = SEGMENT.exec(path.slice(at)) ?? [];
    if (whole === undefined) throw new Error(`cannot read the field path ${path}: ${problemAt(path, at)}`);
    const isFirst = at === 0;
    if (name !== undefined && isFirst !== (dot === "")) throw new Error(misplaced(path, at));
    segments.push(name ?? bracketed(inner ?? ""));
    at += whole.length;
  }
  return segments;
}

/** The value at a path; undefined where there is none. */
export function valueAt(object: unknown, path: readonly Segment[]): unknown {
  let value = object;
  for (const segment of path) {
    if (typeof value !== "object" || value === null) return undefined;
    if (Array.isArray(value) !== (typeof segment === "number")) return undefined;
    if (!Object.hasOwn(value, segment)) return undefined;
    value = (value as Readonly<Record<Segment, unknown>>)[segment];
  }
  return value;
}

// A name, after a dot unless it is the first; or anything in brackets.
const SEGMENT = /^(?:(\.?)([^.[\]]+)|\[([^[\]]+)\])/;

function bracketed(text: string): Segment {
  if (/^[0-9]+$/.test(text)) return Number(text);
  return text.replace(/^(['"])(.*)\1$/, "$2");
}

function misplaced(path: string, at: number): string {
  const problem = at === 0 ? "it begins with a dot; leave that out" : `after ] at ${at} a dot is missing`;
  return `cannot read the field path ${path}: ${problem}`;
}

function problemAt(path: string, at: number): string {
  const rest = path.slice(at);
  if (rest === ".") return "it ends in a dot; leave that out";
  if (rest.startsWith(".[")) return `there is a dot before [ at ${at}; leave it out`;
  if (rest.startsWith("..")) return `there are two dots at ${at}; a name with dots stands in brackets`;
  if (rest.startsWith("[]")) return `the brackets at ${at} are empty; write an index or a name`;
  if (rest.startsWith("[")) return `the bracket at ${at} is not closed`;
  return `${JSON.stringify(rest[0])} at ${at} is not expected`;
}
