import { type JsonObject } from "./json.js";

/**
 * A message as a writer may give it: whatever is left out, or undefined, has its default. A Struct may be any object,
 * so that values of an interface fit as well; whether JSON can carry it is checked when it is encoded.
 */
export type Init<T> = T extends string | number | Uint8Array | undefined
  ? T
  : T extends readonly (infer Element)[]
    ? readonly Init<Element>[]
    : JsonObject extends T
      ? object
      : { readonly [Key in keyof T]?: Init<T[Key]> | undefined };
