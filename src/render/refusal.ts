/**
 * Why a cluster refused, as the `reason` of a Kubernetes Status has it (`Invalid`, `Conflict`, `NotFound`): of an error, or of
 * one that caused it. Undefined where it was no cluster that refused.
 */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { reason } = error as { readonly reason?: unknown };
  return typeof reason === "string" ? reason : refusalOf(error.cause);
}

/** Runs what may find that its object is gone, which is fine. */
export function unlessGone(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (refusalOf(error) !== "NotFound") throw error;
  }
}

/** An error that says what could not be done, and why: `what: why`. */
export function because(what: string, cause: unknown): Error {
  return new Error(`${what}: ${messageOf(cause)}`, { cause });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
