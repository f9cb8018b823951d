/**
 * The texts of a source file that a person could read: string and template literals of two words or more. What a
 * template fills in is left out, so that a text comes as its fixed pieces, in order. What an Error is made with is for
 * whoever mends a bug, and left out too.
 *
 * It knows strings, templates and comments, and of regular expressions only that a backslash escapes what follows.
 */
export function texts(source: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  read(source, 0, "", found);
  return found.filter((pieces) => /\S \S/.test(pieces.join("x")));
}

/** Reads code up to an end, such as the brace that closes what a template fills in. Returns where it is. */
function read(source: string, from: number, end: string, found: (readonly string[])[]): number {
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === "\\") at++;
    else if (source.startsWith("//", at)) at = until(source, "\n", at);
    else if (source.startsWith("/*", at)) at = until(source, "*/", at) + 1;
    else if (char === '"' || char === "`") at = literal(source, at, char, found);
    else if (char === "{") depth++;
    else if (char === end && depth === 0) return at;
    else if (char === "}") depth--;
  }
  return source.length;
}

function literal(source: string, from: number, quote: string, found: (readonly string[])[]): number {
  const pieces = [""];
  let at = from + 1;
  for (; at < source.length && source.charAt(at) !== quote; at++) {
    if (quote === "`" && source.startsWith("$\u007b", at)) {
      at = read(source, at + 2, "}", found);
      pieces.push("");
      continue;
    }
    if (source.charAt(at) === "\\") at++;
    pieces[pieces.length - 1] += source.charAt(at);
  }
  if (!source.slice(0, from).trimEnd().endsWith("new Error(")) found.push(pieces);
  return at;
}

function until(source: string, text: string, from: number): number {
  const at = source.indexOf(text, from + 2);
  return at < 0 ? source.length : at;
}
