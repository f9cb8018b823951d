/**
 * A structural schema: OpenAPI v3 as Kubernetes restricts it for custom resources. The builder writes part of it;
 * the rest is here so that the schemas of others can be read.
 */
export interface OpenAPI {
  readonly type?: OpenAPIType;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  /** In the syntax of RE2, and unanchored. */
  readonly pattern?: string;
  /** In code points, as maxLength is. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly maximum?: number;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly properties?: Readonly<Record<string, OpenAPI>>;
  readonly required?: readonly string[];
  readonly items?: OpenAPI;
  /** Where it is the boolean true, as CRDs of others may have it, values may be scalars, and objects without fields. */
  readonly additionalProperties?: OpenAPI;
  readonly allOf?: readonly OpenAPI[];
  readonly anyOf?: readonly OpenAPI[];
  readonly oneOf?: readonly OpenAPI[];
  readonly not?: OpenAPI;
  readonly "x-kubernetes-validations"?: readonly Rule[];
  /** Default: atomic. */
  readonly "x-kubernetes-list-type"?: "atomic" | "map" | "set";
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  /** Default: granular. */
  readonly "x-kubernetes-map-type"?: "atomic" | "granular";
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-embedded-resource"?: boolean;
  readonly "x-kubernetes-int-or-string"?: boolean;
}

export type OpenAPIType = "object" | "array" | "string" | "integer" | "number" | "boolean";

/** A CEL rule that the API server evaluates at admission. */
export interface Rule {
  /** `self` is the value; `oldSelf` what it was, and a rule that names it is evaluated for updates only. */
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

/** The schema of what an object has under a key; undefined where the schema knows nothing of it. */
export function childOf(schema: OpenAPI, key: string): OpenAPI | undefined {
  const { properties, additionalProperties } = schema;
  if (properties && Object.hasOwn(properties, key)) return properties[key];
  return additionalProperties || undefined;
}
