/** The command line is wrong, rather than what it names. The program exits with 80, as Crossplane's own does. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
