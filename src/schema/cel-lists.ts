import { escapeName } from "./cel-name.js";
import { type OpenAPI } from "./openapi.js";

/** What the evaluator parses an expression into, as far as it matters here. */
export interface Expression {
  readonly op: string;
  readonly args: unknown;
}

/**
 * Whether an expression compares or adds values with lists of type set or map in them. Kubernetes does so without regard to
 * their order, and adds by merging; the evaluator does neither.
 */
export function comparesSets(expression: Expression, self: OpenAPI): boolean {
  if (!hasSets(self)) return false;
  const found = compared.get(expression) ?? new WeakMap<OpenAPI, boolean>();
  compared.set(expression, found);
  const before = found.get(self);
  if (before !== undefined) return before;
  const compares = visit(expression, new Map(VARIABLES.map((name) => [name, [self]] as const)));
  found.set(self, compares);
  return compares;
}

const compared = new WeakMap<Expression, WeakMap<OpenAPI, boolean>>();

const VARIABLES = ["self", "oldSelf"];

/** The schemas that a variable may have. */
type Scope = ReadonlyMap<string, readonly OpenAPI[]>;

function visit(expression: Expression, scope: Scope): boolean {
  const { op, args } = expression;
  if (COMPARING.includes(op) && below(args).some((operand) => schemasOf(operand, scope).some(hasSets))) return true;
  if (
    op === "in" &&
    below(args)
      .slice(0, 1)
      .some((item) => schemasOf(item, scope).some(hasSets))
  )
    return true;
  const inner = op === "rcall" ? withVariable(expression, scope) : scope;
  return below(args).some((each) => visit(each, inner));
}

const COMPARING = ["==", "!=", "+"];

/** The scope within a macro such as `list.all(x, …)`. */
function withVariable({ args }: Expression, scope: Scope): Scope {
  const [name, receiver, [variable, bound] = []] = args as readonly [string, Expression, (readonly Expression[])?];
  if (variable?.op !== "id") return scope;
  const value = name === "bind" ? bound && schemasOf(bound, scope) : itemsOf(schemasOf(receiver, scope));
  return new Map([...scope, [String(variable.args), value ?? []]]);
}

/** The schemas that the value of an expression may have; none where it is a value of its own. */
function schemasOf(expression: Expression, scope: Scope): readonly OpenAPI[] {
  const { op, args } = expression;
  const [first, second, third] = (Array.isArray(args) ? args : []) as readonly unknown[];
  if (op === "id") return scope.get(String(args)) ?? [];
  if (op === "." || op === ".?") return schemasOf(first as Expression, scope).flatMap((each) => field(each, second));
  if (op === "[]" || op === "[?]") return itemsOf(schemasOf(first as Expression, scope));
  if (op === "?:") return [second, third].flatMap((each) => schemasOf(each as Expression, scope));
  if (op === "call") return below(second).flatMap((each) => schemasOf(each, scope));
  if (op === "list" || op === "map") {
    return below(args).flatMap((each) => schemasOf(each, scope).map((items) => ({ type: "array", items }) as const));
  }
  if (op !== "rcall" || COUNTING.includes(String(first))) return [];
  const inner = withVariable(expression, scope);
  const given = below(third).flatMap((each) => schemasOf(each, inner));
  if (first === "map") return given.map((items) => ({ type: "array", items }));
  const received = schemasOf(second as Expression, scope);
  // What is filtered is a list of no type any more.
  if (first === "filter") return itemsOf(received).map((items) => ({ type: "array", items }));
  return [...received, ...given];
}

/** What makes a number, a text or a boolean of a value. */
const COUNTING =
  "size all exists exists_one existsOne indexOf lastIndexOf isSorted join contains hasValue matches".split(" ");

/** The expressions among arguments, and in lists of them. */
function below(args: unknown): readonly Expression[] {
  if (Array.isArray(args)) return args.flatMap(below);
  return typeof args === "object" && args !== null && "op" in args ? [args as Expression] : [];
}

function field({ additionalProperties, properties }: OpenAPI, name: unknown): readonly OpenAPI[] {
  const found = Object.entries(properties ?? {}).find(([key]) => escapeName(key) === name)?.[1];
  return found ? [found] : [additionalProperties].filter(isSchema);
}

function itemsOf(schemas: readonly OpenAPI[]): readonly OpenAPI[] {
  return schemas.flatMap(({ additionalProperties, items, properties }) =>
    [items, additionalProperties, ...Object.values(properties ?? {})].filter(isSchema),
  );
}

function isSchema(schema: unknown): schema is OpenAPI {
  return typeof schema === "object" && schema !== null;
}

const known = new WeakMap<OpenAPI, boolean>();

/** Whether a schema is of a list of type set or map, or has one below it. */
function hasSets(schema: OpenAPI): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const type = schema["x-kubernetes-list-type"];
  const found = type === "set" || type === "map" || itemsOf([schema]).some(hasSets);
  known.set(schema, found);
  return found;
}
