import { checkBounds, checkOrder } from "./bounds.js";
import { type Format } from "./format.js";
import { portable } from "./pattern.js";
import { Schema } from "./schema.js";

export interface StringOptions {
  /** Matched anywhere in the text, by RE2: anchor it with ^ and $. Default: any text. */
  readonly pattern?: RegExp;
  /** In code points. Default: none. */
  readonly minLength?: number;
  /** In code points. Default: none, and then rules below a list or map cannot read it. */
  readonly maxLength?: number;
  /** Default: none. */
  readonly format?: Format;
}

export function string(options: StringOptions = {}): Schema<string, string, "required"> {
  const { pattern, ...rest } = options;
  checkBounds("length", options.minLength, options.maxLength);
  return new Schema({ type: "string", ...rest, ...(pattern && { pattern: portable(pattern) }) }, "required");
}

export function boolean(): Schema<boolean, boolean, "required"> {
  return new Schema({ type: "boolean" }, "required");
}

export interface NumberOptions {
  /** Inclusive. Default: none. */
  readonly minimum?: number;
  /** Inclusive. Default: none. */
  readonly maximum?: number;
}

export interface IntegerOptions extends NumberOptions {
  /** Default: 1. */
  readonly multipleOf?: number;
}

/** A whole number of 64 bits. Above 2^53 JavaScript rounds, and sending such a number is refused. */
export function integer(options: IntegerOptions = {}): Schema<number, number, "required"> {
  for (const [name, value] of Object.entries(options)) {
    if (!Number.isSafeInteger(value))
      throw new Error(`cannot use ${value} as the ${name} of an integer: it must be whole`);
  }
  if (options.multipleOf !== undefined && options.multipleOf < 1) {
    throw new Error(`cannot use ${options.multipleOf} as multipleOf: it must be at least 1`);
  }
  checkOrder("minimum", options.minimum, "maximum", options.maximum);
  return new Schema({ type: "integer", format: "int64", ...options }, "required");
}

export function number(options: NumberOptions = {}): Schema<number, number, "required"> {
  checkOrder("minimum", options.minimum, "maximum", options.maximum);
  return new Schema({ type: "number", ...options }, "required");
}

/** One of these texts. */
export function oneOf<const Values extends readonly [string, ...string[]]>(
  ...values: Values
): Schema<Values[number], Values[number], "required"> {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new Error(`cannot offer ${JSON.stringify(twice)} twice in oneOf`);
  return new Schema({ type: "string", enum: values }, "required");
}

/** A whole number or a text, as ports and quantities are. */
export function intOrString(): Schema<number | string, number | string, "required"> {
  return new Schema({ "x-kubernetes-int-or-string": true }, "required");
}

/** Anything: kept as it is, checked by nobody, and out of sight of rules. */
export function anything(): Schema<unknown, unknown, "required"> {
  return new Schema({ "x-kubernetes-preserve-unknown-fields": true }, "required");
}
