import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../support/repository.js";

/** A row of a table of messages. */
export interface Row {
  /** As the page has it: what stands in angle brackets differs from case to case. */
  readonly message: string;
  /** How much of it does not. */
  readonly fixed: number;
  fits(said: string): boolean;
}

/** The rows of the tables below a heading of docs/xbucket.md, up to the next heading of its level or above. */
export function rowsBelow(heading: string): readonly Row[] {
  const lines = readFileSync(join(repository, "docs/xbucket.md"), "utf8").split("\n");
  const [level = ""] = heading.split(" ");
  const first = lines.indexOf(heading);
  if (first < 0) throw new Error(`cannot read docs/xbucket.md: it has no line ${heading}`);
  const rest = lines.slice(first + 1);
  const next = rest.findIndex((line) => /^#+ /.test(line) && line.indexOf(" ") <= level.length);
  const section = next < 0 ? rest : rest.slice(0, next);
  return section.flatMap((line) => /^\| `([^`]+)` +\|/.exec(line)?.[1] ?? []).map(rowOf);
}

function rowOf(message: string): Row {
  const pieces = message.split(/<[^>]+>/);
  const pattern = new RegExp(`^${pieces.map(literally).join(".+")}$`);
  return { message, fixed: pieces.join("").length, fits: (said) => pattern.test(said) };
}

/** The row in which a developer would look a message up: of those that fit, the one that says most. */
export function rowFor(said: string, rows: readonly Row[]): Row | undefined {
  return rows.filter((row) => row.fits(said)).sort((a, b) => b.fixed - a.fixed)[0];
}

export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
