/**
 * A copy that survives JSON and protobuf unchanged. Fields that are undefined are dropped, as `omit` leaves them.
 *
 * @throws Error naming the field, where the wire would corrupt the value: a Date, NaN, an integer above 2^53, …
 */
export function sendable(value: unknown, path: string): unknown {
  const problem = problemOf(value);
  if (problem) throw new Error(`cannot send ${problem} at ${path}`);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Array.from(value, (item, index) => sendable(item, `${path}[${index}]`));
  const out: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    const copy = sendable(inner, `${path}${step(key)}`);
    if (key === "__proto__")
      Object.defineProperty(out, key, { value: copy, enumerable: true, writable: true, configurable: true });
    else out[key] = copy;
  }
  return out;
}

function problemOf(value: unknown): string | undefined {
  switch (typeof value) {
    case "undefined":
      return "undefined (leave it out of the list)";
    case "bigint":
      return `the BigInt ${value} (write it as a string)`;
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    case "number":
      if (!Number.isFinite(value)) return `the number ${value}`;
      return Number.isInteger(value) && !Number.isSafeInteger(value)
        ? `the number ${value}, which is above 2^53 (write it as a string)`
        : undefined;
    case "string":
      return value.isWellFormed() ? undefined : "text with half a surrogate pair";
    case "object":
      return value === null || Array.isArray(value) || isPlain(value)
        ? undefined
        : `a ${value.constructor.name}${remedy(value)}`;
    default:
      return undefined;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

const remedy = (value: object) => (value instanceof Date ? " (write its toISOString())" : "");
const step = (key: string) => (/^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
