/** An error that reads otherwise, its causes too; it stays an instance of whatever it is. */
export function mapError(error: unknown, change: (text: string) => string): unknown {
  if (error === undefined) return undefined;
  if (!(error instanceof Error)) return change(String(error));
  // What is behind it is the error itself, which keeps its class, and its name.
  return Object.create(error, {
    message: { value: change(error.message) },
    stack: { value: change(error.stack ?? "") },
    cause: { value: mapError(error.cause, change) },
  });
}
