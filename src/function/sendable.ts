/**
 * A copy that survives JSON and protobuf unchanged. Fields that are undefined are dropped, as `omit` leaves them.
 *
 * @throws Error naming the field, where the wire would corrupt the value: a Date, NaN, an integer above 2^53, …
 */
export function sendable(value: unknown, path: string): unknown {
  checkSendable(value, path);
  return copy(value);
}

/** @throws Error likewise */
export function checkSendable(value: unknown, path: string): void {
  const trail: (string | number)[] = [];
  const problem = problemOf(value, trail);
  if (problem === undefined) return;
  const where = trail.reverse().map((key) => (typeof key === "number" ? `[${key}]` : step(key)));
  throw new Error(`cannot send ${problem} at ${path}${where.join("")}`);
}

/** @param trail is given the keys that lead to what is unsendable, the innermost first */
function problemOf(value: unknown, trail: (string | number)[]): string | undefined {
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? undefined : "text with half a surrogate pair";
    case "boolean":
      return undefined;
    case "number":
      return problemOfNumber(value);
    case "object":
      if (value === null) return undefined;
      if (Array.isArray(value)) return problemOfList(value, trail);
      return isPlain(value) ? problemOfFields(value, trail) : `a ${value.constructor.name}${remedy(value)}`;
    case "undefined":
      return "undefined (leave it out of the list)";
    case "bigint":
      return `the BigInt ${value} (write it as a string)`;
    default:
      return `a ${typeof value}`;
  }
}

function problemOfNumber(value: number): string | undefined {
  if (!Number.isFinite(value)) return `the number ${value}`;
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return undefined;
  return `the number ${value}, which is above 2^53 (write it as a string)`;
}

function problemOfList(list: readonly unknown[], trail: (string | number)[]): string | undefined {
  // By index, so that a hole is what it reads as.
  for (let index = 0; index < list.length; index++) {
    const problem = problemOf(list[index], trail);
    if (problem === undefined) continue;
    trail.push(index);
    return problem;
  }
  return undefined;
}

function problemOfFields(fields: object, trail: (string | number)[]): string | undefined {
  for (const key in fields) {
    const inner = (fields as Readonly<Record<string, unknown>>)[key];
    if (inner === undefined || !Object.hasOwn(fields, key)) continue;
    const problem = problemOf(inner, trail);
    if (problem === undefined) continue;
    trail.push(key);
    return problem;
  }
  return undefined;
}

function copy(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  const kept = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(kept.map(([key, inner]) => [key, copy(inner)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

const remedy = (value: object) => (value instanceof Date ? " (write its toISOString())" : "");
const step = (key: string) => (/^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
