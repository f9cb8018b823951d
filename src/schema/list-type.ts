import { identity, oldField } from "./correlate.js";
import { canonical, isRecord } from "./json.js";
import { childOf, type OpenAPI } from "./openapi.js";
import { entry, field } from "./path.js";
import { type Problem, show } from "./problem.js";

/**
 * The duplicates in lists of type set and map, which the API server looks for apart from all other validation.
 *
 * @param old what the value was before: what it shares with that is not looked at
 */
export function duplicates(schema: OpenAPI, value: unknown, path: string, old: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  visit(schema, value, path, { old, problems });
  return problems;
}

interface Visit {
  readonly old: unknown;
  readonly problems: Problem[];
}

function visit(schema: OpenAPI, value: unknown, path: string, { old, problems }: Visit): void {
  if (value === old) return;
  if (Array.isArray(value)) {
    visitList(schema, value, path, problems);
    return;
  }
  if (!isRecord(value)) return;
  for (const key of Object.keys(value)) {
    const child = childOf(schema, key);
    const at = schema.properties ? field(path, key) : entry(path, key);
    if (child) visit(child, value[key], at, { old: oldField(old, key), problems });
  }
}

function visitList(schema: OpenAPI, value: readonly unknown[], path: string, problems: Problem[]): void {
  const { items } = schema;
  const type = schema["x-kubernetes-list-type"];
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  if (type === "set") {
    for (const [index, item] of repeated(value, canonical)) {
      problems.push({
        path: entry(path, index),
        message: `must not repeat ${show(item)}: each item may be there once`,
      });
    }
  }
  if (type === "map") {
    for (const [index, item] of repeated(value, (each) => identity(keys, each))) {
      const shown = keys.map((key) => `${key} ${show(isRecord(item) ? (item[key] ?? null) : null)}`).join(" and ");
      problems.push({ path: entry(path, index), message: `must not repeat ${shown}: each may be there once` });
    }
  }
  if (!items) return;
  for (const [index, item] of value.entries()) visit(items, item, entry(path, index), { old: undefined, problems });
}

/** The second of each that are equal; further ones are not reported, as on the API server. */
function repeated(items: readonly unknown[], text: (item: unknown) => string): readonly (readonly [number, unknown])[] {
  const times = new Map<string, number>();
  const found: [number, unknown][] = [];
  for (const [index, item] of items.entries()) {
    const key = text(item);
    const seen = times.get(key) ?? 0;
    times.set(key, seen + 1);
    if (seen === 1) found.push([index, item]);
  }
  return found;
}
