import { admit } from "./admit.js";
import { equal } from "./json.js";
import { lintRules, type Surroundings } from "./lint-rules.js";
import { type OpenAPI } from "./openapi.js";
import { entry, field } from "./path.js";
import { type Problem } from "./problem.js";
import { re2 } from "./re2.js";
import { isImmutable } from "./schema.js";
import { typesOf } from "./types.js";

/**
 * What the API server would refuse about a schema itself when its CRD is created, or would accept and not hold: rules
 * that cost too much or never run, keys of lists, defaults, patterns. `path` is where the schema stands, for messages.
 */
export function lint(schema: OpenAPI, path = ""): readonly Problem[] {
  const problems: Problem[] = [];
  visit(schema, path, {}, (at, message) => problems.push({ path: at || ".", message }));
  return problems;
}

type Report = (path: string, message: string) => void;

function visit(schema: OpenAPI, path: string, around: Surroundings, report: Report): void {
  lintValues(schema, path, report);
  lintListType(schema, path, report);
  lintRules(schema, path, around, (message) => report(path, message));
  const { additionalProperties, items, properties } = schema;
  for (const [name, child] of Object.entries(properties ?? {})) {
    if (isOptional(schema, name) && child["x-kubernetes-validations"]?.some(isImmutable)) {
      report(
        field(path, name),
        "must not be both optional and immutable: give it a default, or put a rule on its parent",
      );
    }
    const atomic = schema["x-kubernetes-map-type"] === "atomic" ? path : undefined;
    visit(child, field(path, name), { ...around, ...(atomic !== undefined && { atomic }) }, report);
  }
  if (additionalProperties) {
    const unbounded = schema.maxProperties === undefined ? { path, option: "maxProperties" } : around.unbounded;
    visit(
      additionalProperties,
      entry(path, "*"),
      { ...around, ...(unbounded && { unbounded }), repeated: true },
      report,
    );
  }
  if (!items) return;
  const unbounded = schema.maxItems === undefined ? { path, option: "maxItems" } : around.unbounded;
  const atomic = schema["x-kubernetes-list-type"] === "map" ? around.atomic : path;
  const inside = { ...(unbounded && { unbounded }), ...(atomic !== undefined && { atomic }), repeated: true };
  visit(items, entry(path, "*"), inside, report);
}

function isOptional(schema: OpenAPI, name: string): boolean {
  return !schema.required?.includes(name) && schema.properties?.[name]?.default === undefined;
}

function lintValues(schema: OpenAPI, path: string, report: Report): void {
  if (schema.properties && schema.additionalProperties)
    report(path, "must not have both fields and additionalProperties");
  if (schema.type === "array" && !schema.items) report(path, "must say what its items are");
  lintPattern(schema, path, report);
  if (schema.default === undefined) return;
  const { problems, pruned, value } = admit(schema, schema.default, path);
  for (const problem of problems) report(problem.path, `${problem.message} (in the default of ${path || "."})`);
  for (const at of pruned) report(at, `is not in the schema (in the default of ${path || "."})`);
  if (!problems.length && !pruned.length && !equal(value, schema.default)) {
    report(path, `must have its default written in full: ${JSON.stringify(value)}`);
  }
}

function lintPattern({ pattern }: OpenAPI, path: string, report: Report): void {
  if (!pattern) return;
  try {
    re2(pattern);
  } catch (error) {
    report(path, `must have a pattern that RE2 accepts: ${(error as Error).message}`);
  }
}

function lintListType(schema: OpenAPI, path: string, report: Report): void {
  const { items } = schema;
  const type = schema["x-kubernetes-list-type"];
  if (!items || (type !== "map" && type !== "set")) return;
  if (items.nullable) report(path, `must not have items that may be null, being a ${type}`);
  if (type === "map") {
    lintKeys(schema, items, path, report);
    return;
  }
  const atomic =
    (items.type === "array" && (items["x-kubernetes-list-type"] ?? "atomic") === "atomic") ||
    (items.type === "object" && items["x-kubernetes-map-type"] === "atomic");
  if ((items.type === "array" || items.type === "object") && !atomic) {
    report(path, "must have scalar items, being a set: give a list of objects a key instead");
  }
}

function lintKeys(schema: OpenAPI, items: OpenAPI, path: string, report: Report): void {
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  if (!keys.length) report(path, "must name the keys of its items, being a list of type map");
  if (new Set(keys).size < keys.length) report(path, `must not name a key twice: ${keys.join(", ")}`);
  for (const key of keys) {
    const at = field(entry(path, "*"), key);
    const child = items.properties?.[key];
    if (!child) {
      report(at, `must be a field of the items of ${path}, being their key`);
      continue;
    }
    const [type] = typesOf(child);
    if (!type || type === "array" || type === "object") report(at, `must be a scalar, being a key of ${path}`);
    if (isOptional(items, key)) report(at, `must be required or have a default, being a key of ${path}`);
    if (child.nullable) report(at, `must not be null, being a key of ${path}`);
  }
}
