import { isDeepStrictEqual } from "node:util";

/** The first place, in the order of fields and keys, where two values differ. */
export interface FirstDifference {
  /** Such as `desired.resources["bucket"].resource.spec.name`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Undefined where they are the same, in whatever order their keys are. */
export function firstDifference(before: unknown, after: unknown, path = ""): FirstDifference | undefined {
  if (isDeepStrictEqual(before, after)) return undefined;
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return { path, before, after };
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (!Array.isArray(before)) keys.sort();
  for (const key of keys) {
    const at = (value: object) => (Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined);
    const below = Array.isArray(before) ? `${path}[${key}]` : childPath(path, key);
    const found = firstDifference(at(before), at(after), below);
    if (found) return found;
  }
  return { path, before, after };
}

function childPath(path: string, key: string): string {
  if (!/^\w+$/.test(key) || /^(desired\.resources|context)$/.test(path)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}
