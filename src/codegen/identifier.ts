/**
 * The identifier under which a kind is exported: its name, without dashes, and with `Kind` appended as often as needed
 * where TypeScript reserves that name or `taken` holds it.
 */
export function identifierOf(kind: string, taken: ReadonlySet<string>): string {
  const plain = kind.replace(/-+(.?)/g, (_, next: string) => next.toUpperCase());
  let identifier = plain;
  while (RESERVED.has(identifier) || taken.has(identifier)) identifier += "Kind";
  return identifier;
}

/** A property's name as it stands in a type: quoted where it is not an identifier. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : JSON.stringify(name);
}

const KEYWORDS =
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false " +
  "finally for function if implements import in instanceof interface let new null package private protected public " +
  "return static super switch this throw true try typeof var void while with yield";
const TYPES = "any bigint boolean never number object string symbol undefined unknown";
const RESERVED: ReadonlySet<string> = new Set(`${KEYWORDS} ${TYPES}`.split(" "));
