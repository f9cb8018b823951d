/**
 * Why JSON cannot carry a value, and what to send instead; undefined where it can. Of objects and lists only what they
 * are counts, not what they hold.
 */
export function notJson(value: unknown): string | undefined {
  switch (typeof value) {
    case "number":
      return notJsonNumber(value);
    case "bigint":
      return "a bigint is not a JSON value: send a number, or a string if the field takes one";
    case "undefined":
      return "undefined is not a JSON value: leave it out, or send null";
    case "function":
    case "symbol":
      return `a ${typeof value} is not a JSON value: leave it out`;
    case "object":
      return value === null || Array.isArray(value) || isPlain(value) ? undefined : notPlain(value);
    default:
      return undefined;
  }
}

function notJsonNumber(value: number): string | undefined {
  if (!Number.isFinite(value)) return `${value} is not a JSON number: leave the field out, or send a finite number`;
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return undefined;
  return `${value} is an integer beyond 2^53, of which digits may be lost: send a string if the field takes one`;
}

/** Whether an object has no prototype, or one that is the last: `Object.prototype`, be it that of another realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function notPlain(value: object): string {
  if (value instanceof Date) return "a Date is not a JSON value: send its toISOString()";
  if (value instanceof Map) return "a Map is not a JSON value: send Object.fromEntries(map)";
  if (value instanceof Set) return "a Set is not a JSON value: send a list, [...set]";
  if (value instanceof Uint8Array) return "bytes are not a JSON value: send them in base64";
  const name: unknown = value.constructor?.name;
  return `an instance of ${name || "a class"} is not a JSON value: send a plain object`;
}
