import { type JsonObject } from "./json.js";
import { WireType } from "./wire-type.js";

/** Describes a message: each field of `M`, and how it stands on the wire. */
export function message<M extends object>(name: string, fields: FieldsOf<M>): Message<M> {
  const named = Object.entries<Field>(fields).map(([name, field]) => ({ ...field, name }));
  named.sort((a, b) => a.number - b.number);
  return { name, fields: named, byNumber: new Map(named.map((field) => [field.number, field])) };
}

/** A message's description. The type parameter ties it to the interface of its values. */
export interface Message<M = unknown> {
  readonly name: string;
  /** In the order of their numbers. */
  readonly fields: readonly NamedField[];
  readonly byNumber: ReadonlyMap<number, NamedField>;
  readonly "~value"?: M;
}

export interface Field {
  readonly number: number;
  readonly type: FieldType;
  /**
   * - implicit: the default stands for absence, and is not written
   * - explicit: undefined stands for absence; so with each Struct and message
   * - repeated: a list
   * - map: a record; its keys are strings
   */
  readonly presence: "implicit" | "explicit" | "repeated" | "map";
  /** The oneof that it belongs to, if any. */
  readonly oneof?: string;
}

export interface NamedField extends Field {
  readonly name: string;
}

/** The type of a field, or of its elements. */
export type FieldType = "string" | "bytes" | "enum" | "int32" | "int64" | "struct" | Message;

type FieldsOf<M> = { readonly [Name in keyof M]-?: FieldOf<M[Name]> };

/** A field whose values have type `T`, neither more nor less. */
interface FieldOf<T> extends Field {
  readonly "~value"?: (value: T) => T;
}

export const string = (number: number): FieldOf<string> => ({ number, type: "string", presence: "implicit" });
export const bytes = (number: number): FieldOf<Uint8Array> => ({ number, type: "bytes", presence: "implicit" });
export const int32 = (number: number): FieldOf<number> => ({ number, type: "int32", presence: "implicit" });
export const int64 = (number: number): FieldOf<number> => ({ number, type: "int64", presence: "implicit" });

export function enumeration<E extends number>(number: number): FieldOf<E> {
  return { number, type: "enum", presence: "implicit" };
}

export function struct(number: number): FieldOf<JsonObject | undefined> {
  return { number, type: "struct", presence: "explicit" };
}

export function embedded<M>(number: number, type: Message<M>): FieldOf<M | undefined> {
  return { number, type, presence: "explicit" };
}

export function optional<T>({ number, type }: FieldOf<T>): FieldOf<T | undefined> {
  return { number, type, presence: "explicit" };
}

/** One of several fields, of which a message has at most one. */
export function oneof<T>(name: string, { number, type }: FieldOf<T>): FieldOf<T | undefined> {
  return { number, type, presence: "explicit", oneof: name };
}

export function repeated<T>({ number, type }: FieldOf<T>): FieldOf<readonly Exclude<T, undefined>[]> {
  return { number, type, presence: "repeated" };
}

/** A map from strings to what the field describes. */
export function map<T>({ number, type }: FieldOf<T>): FieldOf<Readonly<Record<string, Exclude<T, undefined>>>> {
  return { number, type, presence: "map" };
}

/** The wire type of one value of a type. */
export function wireTypeOf(type: FieldType): number {
  return isVarint(type) ? WireType.Varint : WireType.Length;
}

/** Whether values of a type are varints; lists of those are packed. */
export function isVarint(type: FieldType): boolean {
  return type === "enum" || type === "int32" || type === "int64";
}

/** The value of a field that is absent, and of a map's entry that has none. */
export function defaultOf(type: FieldType): unknown {
  if (type === "string") return "";
  if (type === "bytes") return new Uint8Array(0);
  if (type === "struct") return {};
  return typeof type === "string" ? 0 : emptyMessage(type);
}

/**
 * A message with none of its fields on the wire.
 *
 * @param value what is to be one. Default: a plain object
 */
export function emptyMessage(message: Message, value: object = {}): Record<string, unknown> {
  const fields = value as Record<string, unknown>;
  for (const field of message.fields) fields[field.name] = absent(field);
  return fields;
}

function absent(field: Field): unknown {
  switch (field.presence) {
    case "implicit":
      return defaultOf(field.type);
    case "explicit":
      return undefined;
    case "repeated":
      return [];
    case "map":
      return {};
  }
}
