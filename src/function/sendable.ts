/**
 * A copy that survives JSON and protobuf unchanged. Fields that are undefined are dropped, as `omit` leaves them.
 *
 * @throws Error naming the field, where the wire would corrupt the value: a Date, NaN, an integer above 2^53, …
 */
export function sendable(value: unknown, path: string): unknown {
  const trail: (string | number)[] = [];
  const copied = copy(value, trail);
  if (!(copied instanceof Unsendable)) return copied;
  const where = trail.reverse().map((key) => (typeof key === "number" ? `[${key}]` : step(key)));
  throw new Error(`cannot send ${copied.problem} at ${path}${where.join("")}`);
}

/** What stands in the place of a copy that cannot be made. */
class Unsendable {
  constructor(readonly problem: string) {}
}

/** @param trail is given the keys that lead to what is unsendable, the innermost first */
function copy(value: unknown, trail: (string | number)[]): unknown {
  const problem = problemOf(value);
  if (problem) return new Unsendable(problem);
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? copyList(value, trail) : copyFields(value, trail);
}

function copyList(list: readonly unknown[], trail: (string | number)[]): unknown {
  const out: unknown[] = [];
  // By index, so that a hole is what it reads as.
  for (let index = 0; index < list.length; index++) {
    const copied = copy(list[index], trail);
    if (copied instanceof Unsendable) {
      trail.push(index);
      return copied;
    }
    out.push(copied);
  }
  return out;
}

function copyFields(fields: object, trail: (string | number)[]): unknown {
  const out: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(fields)) {
    if (inner === undefined) continue;
    const copied = copy(inner, trail);
    if (copied instanceof Unsendable) {
      trail.push(key);
      return copied;
    }
    if (key === "__proto__")
      Object.defineProperty(out, key, { value: copied, enumerable: true, writable: true, configurable: true });
    else out[key] = copied;
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
