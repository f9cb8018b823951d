/** A message that cannot be decoded, or a value that cannot be encoded. Nothing of it was handed out. */
export class WireError extends Error {
  override readonly name = "WireError";

  /**
   * The field in question, such as `desired.resources["bucket"].resource.spec.tags[0]`; "" for the message as a whole.
   * Of a path with very many steps the middle is left out.
   */
  readonly path: string;

  constructor(message: string, path: string) {
    super(message);
    this.path = path;
  }
}
