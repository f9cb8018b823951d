import { checkBounds } from "./bounds.js";
import { type OpenAPI } from "./openapi.js";
import { type In, type Key, type Out, Schema } from "./schema.js";

export interface MapOptions {
  /** Default: none. */
  readonly minProperties?: number;
  /** Default: none, and then there can be no rules on the map or below it. */
  readonly maxProperties?: number;
}

/** An object with keys that the developer chooses, and values of one schema. */
export function map<S extends Schema>(
  value: S,
  options: MapOptions = {},
): Schema<Readonly<Record<string, In<S>>>, Readonly<Record<string, Out<S>>>, "required"> {
  checkBounds("properties", options.minProperties, options.maxProperties);
  return new Schema({ type: "object", additionalProperties: value.openapi, ...options }, "required");
}

export interface ListOptions<Item> {
  /** The fields that tell items apart: no two items may have the same. They are required, or have defaults. */
  readonly key?: KeyOf<Item> | readonly [KeyOf<Item>, ...KeyOf<Item>[]];
  /** No item may be there twice. Default: false. */
  readonly set?: Item extends Scalar ? boolean : never;
  /** Default: none. */
  readonly minItems?: number;
  /** Default: none, and then there can be no rules on the list or below it. */
  readonly maxItems?: number;
}

/** A list; with `key` or `set`, appliers share it item by item, else it is replaced as a whole. */
export function list<S extends Schema>(
  item: S,
  options: ListOptions<Out<S>> = {},
): Schema<readonly In<S>[], readonly Out<S>[], "required"> {
  const { key, set, ...rest } = options;
  checkBounds("items", options.minItems, options.maxItems);
  if (key !== undefined && set) throw new Error("cannot make a list with a key a set: choose one");
  return new Schema({ type: "array", items: item.openapi, ...rest, ...listType([key ?? []].flat(), set) }, "required");
}

/** An object with these fields. */
export function object<F extends Fields>(fields: F): Schema<ObjectIn<F>, ObjectOut<F>, "required"> {
  const entries = Object.entries(fields);
  const required = entries.filter(([, field]) => field.key === "required").map(([name]) => name);
  const properties = Object.fromEntries(entries.map(([name, field]) => [name, field.openapi]));
  return new Schema({ type: "object", properties, ...(required.length && { required }) }, "required");
}

function listType(keys: readonly string[], set: boolean | undefined): OpenAPI {
  if (keys.length) return { "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys };
  return set ? { "x-kubernetes-list-type": "set" } : {};
}

type Scalar = string | number | boolean;

type Fields = Readonly<Record<string, Schema>>;

/** The fields of an item that are always there, and scalar. */
type KeyOf<Item> = Item extends Scalar | readonly unknown[]
  ? never
  : { [P in keyof Item]-?: object extends Pick<Item, P> ? never : Item[P] extends Scalar ? P : never }[keyof Item] &
      string;

type KeysBy<F extends Fields, K extends Key> = {
  [P in keyof F]: F[P] extends Schema<infer _In, infer _Out, infer Q> ? (Q extends K ? P : never) : never;
}[keyof F];

type Flat<T> = { [P in keyof T]: T[P] } & {};

type ObjectIn<F extends Fields> = Flat<
  { readonly [P in KeysBy<F, "required">]: In<F[P]> } & {
    readonly [P in KeysBy<F, "optional" | "defaulted">]?: In<F[P]>;
  }
>;

type ObjectOut<F extends Fields> = Flat<
  { readonly [P in KeysBy<F, "required" | "defaulted">]: Out<F[P]> } & {
    readonly [P in KeysBy<F, "optional">]?: Out<F[P]>;
  }
>;
