/** How a field's value is laid out, so that a reader can skip what it does not know. */
export const WireType = { Varint: 0, Fixed64: 1, Length: 2, StartGroup: 3, EndGroup: 4, Fixed32: 5 } as const;

/** What precedes a field's value. */
export function tagOf(number: number, wireType: number): number {
  return ((number << 3) | wireType) >>> 0;
}
