/**
 * What the lines of a scalar in quotes, or of a plain one, are together: a line break is a space; of several, all but the
 * first stay. U+2028 and U+2029 are line breaks that always stay. Blanks beside any of them are dropped.
 */
export function foldLines(text: string): string {
  return text.replace(RUN, foldRun);
}

/** What a run of line breaks becomes, with the blanks around them. */
export function foldRun(run: string): string {
  const breaks = run.replace(/[ \t]/g, "");
  if (!breaks.startsWith("\n")) return breaks;
  return breaks === "\n" ? " " : breaks.slice(1);
}

const RUN = /[ \t]*[\n\u2028\u2029][ \t\n\u2028\u2029]*/g;
