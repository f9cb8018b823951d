import { show } from "./problem.js";
import { re2 } from "./re2.js";

/**
 * The pattern to write into a schema. Throws for what RE2 refuses, and for what it reads differently from JavaScript:
 * Kubernetes compiles patterns with RE2. The flag u is let through, since RE2 matches code points anyway.
 */
export function portable(expression: RegExp): string {
  if (!((expression as unknown) instanceof RegExp)) {
    const text = typeof expression === "string" ? `/${expression as string}/` : "/^a$/";
    throw new Error(`pattern must be a RegExp such as ${text}, not ${show(expression)}`);
  }
  const flags = expression.flags.replace("u", "");
  if (flags) {
    throw new Error(`cannot use the flags ${flags} in the pattern ${expression}: spell out what they mean`);
  }
  const source = expression.source.replace(/\\(.)/gsu, (pair, char: string) => (char === "/" ? "/" : pair));
  const differs = DIFFERENT.find(({ syntax }) => syntax.test(source));
  if (differs) throw new Error(`cannot use the pattern ${expression}: ${differs.why}`);
  try {
    re2(source);
  } catch (error) {
    throw new Error(`cannot use the pattern ${expression}: ${(error as Error).message}`, { cause: error });
  }
  return source;
}

/** Valid in both, or in some releases of Go, but not the same. Each is preceded by an even number of backslashes. */
const DIFFERENT: readonly { readonly syntax: RegExp; readonly why: string }[] = [
  { syntax: unescaped("\\\\[0-7][0-7]"), why: "JavaScript and RE2 differ on octal escapes: spell it as \\x" },
  {
    syntax: unescaped("\\(\\?<[A-Za-z_]"),
    why: "older Kubernetes refuses named groups (?<name>…): leave the name out",
  },
  {
    syntax: unescaped("\\\\[pP]\\{\\^?(?![A-Z][a-z]?\\})"),
    why: "not every Kubernetes knows that property: use a general category, such as \\p{L}",
  },
  { syntax: unescaped("\\[\\^?\\]"), why: "RE2 reads the ] of [] and [^] as a character: escape it" },
  { syntax: unescaped("\\[\\^?\\[:"), why: "RE2 reads [[:…:]] as a POSIX class: escape the inner [" },
];

function unescaped(syntax: string): RegExp {
  return new RegExp(`(?<=(?:^|[^\\\\])(?:\\\\\\\\)*)(?:${syntax})`);
}
