import { isAsymmetric } from "./wanted.js";

/** A place where a value is not what is expected. */
export interface Difference {
  /** Such as `spec.rules[0].name`; empty for the value as a whole. */
  readonly path: string;
  readonly expected: unknown;
  /** Undefined where there is nothing. */
  readonly actual: unknown;
}

/**
 * Where a value lacks something of what is expected of it. What is expected of an object is a part of it, also within lists,
 * which must have as many items; undefined is expected of what must not be there; an asymmetric matcher decides for itself.
 */
export function differences(actual: unknown, expected: unknown, path = ""): readonly Difference[] {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual) ? [] : [{ path, expected, actual }];
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [{ path, expected, actual }];
    return expected.flatMap((each, index) => differences(actual[index], each, `${path}[${index}]`));
  }
  if (!isRecord(expected)) return Object.is(actual, expected) ? [] : [{ path, expected, actual }];
  if (!isRecord(actual)) return [{ path, expected, actual }];
  return Object.entries(expected).flatMap(([field, each]) =>
    differences(Object.hasOwn(actual, field) ? actual[field] : undefined, each, below(path, field)),
  );
}

function below(path: string, field: string): string {
  if (!/^[\w-]+$/.test(field)) return `${path}[${JSON.stringify(field)}]`;
  return path === "" ? field : `${path}.${field}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
