import { type BuildFailure, type Message } from "esbuild";

/** What esbuild says is wrong: a line for each thing, with file, line and column. */
export function explainBuild(error: unknown): string {
  const errors = buildErrors(error);
  if (errors.length === 0) return error instanceof Error ? error.message : String(error);
  return errors
    .map(({ text, location }) =>
      location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text,
    )
    .join("\n");
}

export function buildErrors(error: unknown): readonly Message[] {
  return (error as Partial<BuildFailure>).errors ?? [];
}
