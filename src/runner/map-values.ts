/** The same record with other values. */
export function mapValues<A, B>(
  from: Readonly<Record<string, A>> | undefined,
  convert: (value: A, key: string) => B,
): { [key: string]: B } {
  return Object.fromEntries(Object.entries(from ?? {}).map(([key, value]) => [key, convert(value, key)]));
}
