import { type JsonObject } from "../wire/index.js";
import { type Json } from "../yaml/index.js";
import { type RequiredResource } from "./fetch-resources.js";
import { type RequiredSchema } from "./fetch-schema.js";
import { toStruct } from "./to-struct.js";

/** A Composition of mode Pipeline, as far as a reconcile needs it. */
export interface Composition {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly compositeTypeRef: { readonly apiVersion: string; readonly kind: string };
  readonly pipeline: readonly PipelineStep[];
  /** Default: connection details of its XRs are published nowhere. */
  readonly writeConnectionSecretsToNamespace?: string;
}

export interface PipelineStep {
  readonly step: string;
  /** The name of the Function. */
  readonly function: string;
  /** Default: none. */
  readonly input?: JsonObject;
  readonly credentials: readonly StepCredentials[];
  /** What the function is given from the first call on. */
  readonly requiredResources: Readonly<Record<string, RequiredResource>>;
  readonly requiredSchemas: Readonly<Record<string, RequiredSchema>>;
}

export interface StepCredentials {
  readonly name: string;
  /** The Secret; undefined where the source is none. */
  readonly secret: { readonly namespace: string; readonly name: string } | undefined;
}

/**
 * Reads a Composition.
 *
 * @throws Error with the field's path where it is none, or not of mode Pipeline
 */
export function readComposition(value: Json): Composition {
  const { apiVersion, kind, metadata, spec } = object(value, "the Composition");
  const { name, labels } = object(metadata, "metadata");
  if (apiVersion !== "apiextensions.crossplane.io/v1" || kind !== "Composition") {
    throw new Error(`it is not a Composition: it is ${show(kind)} ${show(name)} of ${show(apiVersion)}`);
  }
  const { compositeTypeRef, mode, pipeline, writeConnectionSecretsToNamespace: namespace } = object(spec, "spec");
  if (mode !== "Pipeline") {
    throw new Error(`spec.mode is ${show(mode)}; only Compositions of mode Pipeline can be rendered`);
  }
  const ref = object(compositeTypeRef, "spec.compositeTypeRef");
  return {
    name: text(name, "metadata.name"),
    labels: texts(labels, "metadata.labels"),
    compositeTypeRef: {
      apiVersion: text(ref["apiVersion"], "spec.compositeTypeRef.apiVersion"),
      kind: text(ref["kind"], "spec.compositeTypeRef.kind"),
    },
    pipeline: items(pipeline, "spec.pipeline").map(([step, path]) => readStep(step, path)),
    ...(namespace != null && {
      writeConnectionSecretsToNamespace: text(namespace, "spec.writeConnectionSecretsToNamespace"),
    }),
  };
}

function readStep(value: Json | undefined, path: string): PipelineStep {
  const { step, functionRef, input, credentials, requirements } = object(value, path);
  const { requiredResources, requiredSchemas } = object(requirements, `${path}.requirements`);
  return {
    step: text(step, `${path}.step`),
    function: text(object(functionRef, `${path}.functionRef`)["name"], `${path}.functionRef.name`),
    ...(input != null && { input: readInput(input, `${path}.input`, step) }),
    credentials: items(credentials, `${path}.credentials`).map(([each, at]) => readCredentials(each, at)),
    requiredResources: byRequirement(requiredResources, `${path}.requirements.requiredResources`, readRequired),
    requiredSchemas: byRequirement(requiredSchemas, `${path}.requirements.requiredSchemas`, readType),
  };
}

function readInput(input: Json, path: string, step: Json | undefined): JsonObject {
  if (!isRecord(input)) {
    throw new Error(`${path}, the input of step ${show(step)}, must be an object, not ${show(input)}`);
  }
  return toStruct(input) as JsonObject;
}

function readCredentials(value: Json | undefined, path: string): StepCredentials {
  const { name, source, secretRef } = object(value, path);
  const ref = object(secretRef, `${path}.secretRef`);
  const isSecret = text(source, `${path}.source`) === "Secret" && secretRef != null;
  return {
    name: text(name, `${path}.name`),
    secret: isSecret
      ? {
          namespace: text(ref["namespace"], `${path}.secretRef.namespace`),
          name: text(ref["name"], `${path}.secretRef.name`),
        }
      : undefined,
  };
}

function byRequirement<T>(
  value: Json | undefined,
  path: string,
  read: (fields: Readonly<Record<string, Json>>, path: string) => T,
): Readonly<Record<string, T>> {
  const entries = items(value, path).map(([each, at]) => {
    const fields = object(each, at);
    return [text(fields["requirementName"], `${at}.requirementName`), read(fields, at)] as const;
  });
  return Object.fromEntries(entries);
}

function readRequired(fields: Readonly<Record<string, Json>>, path: string): RequiredResource {
  const { name, matchLabels, namespace } = fields;
  return {
    ...readType(fields, path),
    ...(name != null && { name: text(name, `${path}.name`) }),
    ...(name == null && matchLabels != null && { labels: texts(matchLabels, `${path}.matchLabels`) }),
    ...(namespace != null && { namespace: text(namespace, `${path}.namespace`) }),
  };
}

function readType({ apiVersion, kind }: Readonly<Record<string, Json>>, path: string): RequiredSchema {
  return { apiVersion: text(apiVersion, `${path}.apiVersion`), kind: text(kind, `${path}.kind`) };
}

/** The fields of an object; none where it is absent, as Go reads it. */
function object(value: Json | undefined, path: string): Readonly<Record<string, Json>> {
  if (value == null) return {};
  if (!isRecord(value)) throw new Error(`${path} must be an object, not ${show(value)}`);
  return value;
}

function items(value: Json | undefined, path: string): readonly (readonly [Json | undefined, string])[] {
  if (value == null) return [];
  if (!Array.isArray(value)) throw new Error(`${path} must be a list, not ${show(value)}`);
  return value.map((item: Json, index) => [item, `${path}[${index}]`] as const);
}

function texts(value: Json | undefined, path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(object(value, path)).map(([key, entry]) => [key, text(entry, `${path}.${key}`)]),
  );
}

/** A text. Where YAML has read it as a number or a truth value, its text, as Kubernetes' tools do. */
function text(value: Json | undefined, path: string): string {
  if (value == null) return "";
  if (typeof value === "object") throw new Error(`${path} must be a string, not ${show(value)}`);
  return String(value);
}

function isRecord(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: Json | undefined): string {
  if (value === undefined || value === null) return "missing";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
