import { tagOf, WireType } from "./wire-type.js";

// The tags of google.protobuf.Struct, ListValue and Value.

/** An entry of a Struct's map, and an item of a list. */
export const ELEMENT = tagOf(1, WireType.Length);
export const KEY = tagOf(1, WireType.Length);
export const VALUE = tagOf(2, WireType.Length);

export const NULL = tagOf(1, WireType.Varint);
export const NUMBER = tagOf(2, WireType.Fixed64);
export const STRING = tagOf(3, WireType.Length);
export const BOOL = tagOf(4, WireType.Varint);
export const STRUCT = tagOf(5, WireType.Length);
export const LIST = tagOf(6, WireType.Length);
