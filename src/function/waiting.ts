/** Thrown by `need` and `find`, and caught at the nearest arrow: what is needed is not known yet. */
export class Waiting extends Error {
  override readonly name = "Waiting";
  readonly what: string;

  constructor(what: string) {
    // Thrown by the dozen and shown to nobody: collecting a stack would take longer than all else.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(`waits for ${what}`);
    Error.stackTraceLimit = limit;
    this.what = what;
  }
}

/** A value that is known: neither undefined, null, false nor the empty string, which providers publish before they know better. */
export type Known<T> = Exclude<T, undefined | null | false | "">;

/**
 * The value, once it is known; until then the arrow that asks waits.
 *
 * @param what names what is waited for to the developer, as in "the role of api"
 */
export function need<T>(value: T, what: string): Known<T> {
  if (value === undefined || value === null || value === false || value === "") throw new Waiting(what);
  return value as Known<T>;
}

/**
 * The answers of several questions that are asked at once, such as calls of `find`: if some have to wait, so does whoever
 * asks, but only after all were asked. One after the other each would take Crossplane another call, of which it makes six.
 */
export function together<const T extends readonly (() => unknown)[]>(
  ...asks: T
): { readonly [P in keyof T]: ReturnType<T[P]> } {
  let waiting: Waiting | undefined;
  const answers = asks.map((ask) => {
    try {
      return ask();
    } catch (error) {
      if (!(error instanceof Waiting)) throw error;
      waiting ??= error;
      return undefined;
    }
  });
  if (waiting) throw waiting;
  return answers as never;
}
