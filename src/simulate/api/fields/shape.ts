import { type JsonValue } from "../../../wire/index.js";

/**
 * What server-side apply knows of a type: how lists and maps of it are merged. A value may have one of several forms
 * where the schema leaves the type open; what it must not be is undefined.
 */
export interface Shape {
  readonly scalar?: ScalarType;
  readonly list?: ListShape;
  readonly map?: MapShape;
}

export type ScalarType = "string" | "numeric" | "boolean" | "untyped";

export interface ListShape {
  /** Written and owned as a whole. */
  readonly isAtomic: boolean;
  /** The fields that tell the items apart. None: the items are scalars, and a set. */
  readonly keys: readonly string[];
  /** What keys are where an item leaves them out. */
  readonly keyDefaults: Readonly<Record<string, JsonValue>>;
  readonly items: Shape;
}

export interface MapShape {
  /** Written and owned as a whole. */
  readonly isAtomic: boolean;
  readonly fields: ReadonlyMap<string, Shape>;
  /** Of whatever other keys there are; undefined where there must be none. */
  readonly more: Shape | undefined;
}

export const STRING: Shape = { scalar: "string" };
export const NUMBER: Shape = { scalar: "numeric" };
export const BOOLEAN: Shape = { scalar: "boolean" };

/** Of a value that is known only once it is there: maps are merged, lists are not. */
export const DEDUCED: Shape = {
  scalar: "untyped",
  list: atomicList(atomic()).list,
  map: {
    isAtomic: false,
    fields: new Map(),
    get more() {
      return DEDUCED;
    },
  },
};

export function struct(fields: Readonly<Record<string, Shape>>, isAtomic = false): Shape & { readonly map: MapShape } {
  return { map: { isAtomic, fields: new Map(Object.entries(fields)), more: undefined } };
}

export function mapOf(more: Shape): Shape {
  return { map: { isAtomic: false, fields: new Map(), more } };
}

export function setOf(items: Shape): Shape {
  return { list: { isAtomic: false, keys: [], keyDefaults: {}, items } };
}

export function listBy(key: string, items: Shape): Shape {
  return { list: { isAtomic: false, keys: [key], keyDefaults: {}, items } };
}

export function atomicList(items: Shape): Shape & { readonly list: ListShape } {
  return { list: { isAtomic: true, keys: [], keyDefaults: {}, items } };
}

/** Of a field of a map; undefined where there must be none of that name. */
export function fieldShape(map: MapShape, name: string): Shape | undefined {
  return map.fields.get(name) ?? map.more;
}

/** The form of the shape that a value has; the whole shape where it has none of them. */
export function formOf(shape: Shape, value: JsonValue | undefined): Shape {
  if (value === undefined || value === null) return shape;
  if (Array.isArray(value)) return shape.list ? forms(shape).list : shape;
  if (typeof value === "object") return shape.map ? forms(shape).map : shape;
  return shape.scalar ? forms(shape).scalar : shape;
}

interface Forms {
  readonly scalar: Shape;
  readonly list: Shape;
  readonly map: Shape;
}

const known = new WeakMap<Shape, Forms>();

function forms(shape: Shape): Forms {
  const found = known.get(shape);
  if (found) return found;
  const { scalar, list, map } = shape;
  const isOne = [scalar, list, map].filter((form) => form !== undefined).length === 1;
  const made: Forms = isOne
    ? { scalar: shape, list: shape, map: shape }
    : { scalar: scalar ? { scalar } : shape, list: list ? { list } : shape, map: map ? { map } : shape };
  known.set(shape, made);
  return made;
}

function atomic(): Shape {
  const shape: Shape = {
    scalar: "untyped",
    get list() {
      return { isAtomic: true, keys: [], keyDefaults: {}, items: shape };
    },
    get map() {
      return { isAtomic: true, fields: new Map(), more: shape };
    },
  };
  return shape;
}
