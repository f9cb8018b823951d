import { RE2JS } from "re2js";
import { remembered } from "./remembered.js";

/** A pattern as Kubernetes compiles it, with RE2: no lookaround, no back-references, and linear time. */
export interface RE2 {
  /** Whether the pattern matches anywhere in the text. */
  test(text: string): boolean;
  /** What it matches first; empty where it matches nothing. */
  find(text: string): string;
}

/** Compiles a pattern, once. Throws an Error that says what RE2 refuses. */
export const re2: (pattern: string) => RE2 = remembered(compile);

function compile(pattern: string): RE2 {
  const expression = parse(pattern);
  return {
    test: (text) => expression.matcher(text).find(),
    find: (text) => {
      const matcher = expression.matcher(text);
      return matcher.find() ? (matcher.group() ?? "") : "";
    },
  };
}

function parse(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const why = (error as Error).message.replace(/^error parsing regexp: /, "");
    throw new Error(`Kubernetes matches with RE2, which refuses ${pattern}: ${why}`, { cause: error });
  }
}
