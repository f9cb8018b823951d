import { compositeColumns } from "./crossplane-columns.js";
import { crossplaneFields, scopeOf } from "./crossplane-fields.js";
import { childOf, type OpenAPI } from "./openapi.js";
import { type Problem } from "./problem.js";
import { typesOf } from "./types.js";

/** A column of `kubectl get`. */
export interface Column {
  readonly name: string;
  /** A JSONPath from the object, such as `.spec.region` or `.status.bucket.name`. */
  readonly path: string;
  /** Default: string. */
  readonly type?: "string" | "integer" | "number" | "boolean" | "date";
  /** Above 0 it is printed with `-o wide` only. Default: 0. */
  readonly priority?: number;
  /** Default: none. */
  readonly description?: string;
}

/** What `checkColumns` reads of an XRD. */
interface Printed {
  readonly kind: string;
  readonly columns?: readonly Column[];
  readonly scope?: "Namespaced" | "Cluster";
  readonly claim?: unknown;
  readonly spec: { readonly openapi: OpenAPI };
  readonly status: { readonly openapi: OpenAPI };
}

/** What is wrong with the columns of an XRD: they print fields that there are, with the types they have. */
export function checkColumns(xrd: Printed): readonly Problem[] {
  const taken = new Set(compositeColumns(scopeOf(xrd)).map(({ name }) => name));
  return (xrd.columns ?? []).flatMap((column): readonly Problem[] => {
    const path = `columns[${column.name}]`;
    if (taken.has(column.name.toUpperCase()))
      return [{ path, message: "must have another name: it is printed already" }];
    taken.add(column.name.toUpperCase());
    const message = wrongPath(xrd, column);
    return message === undefined ? [] : [{ path, message }];
  });
}

function wrongPath(xrd: Printed, { path, type = "string" }: Column): string | undefined {
  const steps = stepsOf(path);
  if (!steps) return `must have a path such as .spec.region, not ${path}`;
  if (steps[0] === "metadata" || steps[0] === "kind" || steps[0] === "apiVersion") return undefined;
  const found = follow(rootOf(xrd), steps);
  if (!found) return `must print a field of ${xrd.kind}, which has no ${path}`;
  if (prints(found, type)) return undefined;
  return `must have the type of ${path}, ${typesOf(found).join(" or ") || "which is not known"}, not ${type}`;
}

function rootOf(xrd: Printed): OpenAPI {
  const own = crossplaneFields({ scope: scopeOf(xrd) });
  const half = (openapi: OpenAPI, fields: OpenAPI["properties"]) => ({
    ...openapi,
    properties: { ...openapi.properties, ...fields },
  });
  const { spec, status } = xrd;
  return {
    type: "object",
    properties: { spec: half(spec.openapi, own.spec), status: half(status.openapi, own.status) },
  };
}

/** Undefined where it is no JSONPath that `kubectl get` takes. */
function stepsOf(path: string): readonly string[] | undefined {
  const step = /\.([\w-]+)|\['([^']+)'\]|(\[(?:\d+|\*|\?\([^\]]*\))\])/y;
  const steps: string[] = [];
  while (step.lastIndex < path.length) {
    const match = step.exec(path);
    if (!match) return undefined;
    steps.push(match[1] ?? match[2] ?? ITEM);
  }
  return steps.length ? steps : undefined;
}

const ITEM = "[]";

function follow(schema: OpenAPI, [step, ...rest]: readonly string[]): OpenAPI | undefined {
  if (step === undefined) return schema;
  if (schema["x-kubernetes-preserve-unknown-fields"] && !schema.properties) return {};
  const found = step === ITEM ? schema.items : childOf(schema, step);
  return found ? follow(found, rest) : undefined;
}

/** Whether a column of the type shows the field; a string shows whatever there is. */
function prints(schema: OpenAPI, type: Column["type"]): boolean {
  const types = typesOf(schema);
  if (type === "string" || types.length === 0) return true;
  if (type === "date") return schema.type === "string" && (schema.format === "date-time" || schema.format === "date");
  return types.some((allowed) => allowed === type || (type === "number" && allowed === "integer"));
}
