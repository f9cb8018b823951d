import { WireType } from "../../wire/wire-type.js";

/** One field of a message as it stands on the wire. */
export interface Part {
  readonly number: number;
  readonly wireType: number;
  /** The value, without the length that precedes it. */
  readonly body: Uint8Array;
}

/**
 * Takes a message apart, without knowing what it is.
 *
 * @throws Error for what is no message, and for groups, which proto3 has not
 */
export function split(bytes: Uint8Array): readonly Part[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Part[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = buffer[at++];
      if (byte === undefined) throw new Error("cannot take a message apart: it is cut short");
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  const take = (count: number) => {
    if (count > buffer.length - at) throw new Error("cannot take a message apart: a field is cut short");
    at += count;
    return buffer.subarray(at - count, at);
  };
  while (at < buffer.length) {
    const tag = varint();
    const [number, wireType] = [Math.floor(tag / 8), tag % 8];
    const start = at;
    if (wireType === WireType.Varint) {
      varint();
      parts.push({ number, wireType, body: buffer.subarray(start, at) });
    } else if (wireType === WireType.Length) {
      parts.push({ number, wireType, body: take(varint()) });
    } else if (wireType === WireType.Fixed64 || wireType === WireType.Fixed32) {
      parts.push({ number, wireType, body: take(wireType === WireType.Fixed64 ? 8 : 4) });
    } else {
      throw new Error(`cannot take a message apart: it has wire type ${wireType}`);
    }
  }
  return parts;
}

/** Puts a message together again. */
export function join(parts: readonly Part[]): Uint8Array {
  return Buffer.concat(
    parts.flatMap(({ number, wireType, body }) => {
      const tag = varintOf(number * 8 + wireType);
      return wireType === WireType.Length ? [tag, varintOf(body.length), body] : [tag, body];
    }),
  );
}

function varintOf(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
