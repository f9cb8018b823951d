import { type OpenAPI } from "../schema/index.js";
import { pluralOf } from "../schema/names.js";
import { docComment } from "./doc-comment.js";
import { type CRD } from "./read-crd.js";
import { propertyLines, typeText, type Writer } from "./type-text.js";

/** A kind as an interface, and as a value of the same name. */
export function modelText(crd: CRD, identifier: string, writer: Writer): string {
  const doc = writer.docs ? docComment(crd.schema.description, "") : "";
  writer.used.add("kind");
  return `${doc}${interfaceText(crd, identifier, writer)}${valueText(crd, identifier)}`;
}

function interfaceText(crd: CRD, identifier: string, writer: Writer): string {
  const apiVersion = JSON.stringify(`${crd.group}/${crd.version}`);
  const kind = JSON.stringify(crd.kind);
  if (isManaged(crd)) {
    const parameters = typeText(parametersOf(specOf(crd)), { indent: "" }, writer);
    const observation = typeText(observationOf(crd.schema), { indent: "" }, writer);
    writer.used.add("Managed");
    return `export interface ${identifier} extends Managed<${apiVersion}, ${kind}, ${parameters}, ${observation}> {}\n`;
  }
  writer.used.add("ObservedMetadata");
  return (
    `export interface ${identifier} {\n` +
    `  readonly apiVersion: ${apiVersion};\n  readonly kind: ${kind};\n  readonly metadata?: ObservedMetadata;\n` +
    `${propertyLines(body(crd), "  ", writer)}}\n`
  );
}

function valueText(crd: CRD, identifier: string): string {
  const options = [
    ...(crd.scope === "Cluster" ? ['scope: "Cluster"'] : []),
    ...(crd.plural === undefined || crd.plural === pluralOf(crd.kind) ? [] : [`plural: ${JSON.stringify(crd.plural)}`]),
    ...(isOfProvider(crd) ? [] : ["managed: false"]),
    ...(hasReadiness(crd) ? [] : ["ready: () => true"]),
  ];
  const given = [JSON.stringify(`${crd.group}/${crd.version}`), JSON.stringify(crd.kind)];
  const all = options.length === 0 ? given : [...given, `{ ${options.join(", ")} }`];
  return `export const ${identifier} = kind<${identifier}>(${all.join(", ")});\n`;
}

/** What `Managed` says of a spec; a kind that has more is written out in full. */
const MANAGED_FIELDS: ReadonlySet<string> = new Set([
  "forProvider",
  "initProvider",
  "managementPolicies",
  "providerConfigRef",
  "writeConnectionSecretToRef",
]);

/** Whether a provider makes something outside of it: whatever its scope, and however much more it has. */
function isOfProvider(crd: CRD): boolean {
  return specOf(crd).properties?.["forProvider"] !== undefined;
}

function isManaged(crd: CRD): boolean {
  const fields = Object.keys(specOf(crd).properties ?? {});
  const isCovered = fields.includes("forProvider") && fields.every((field) => MANAGED_FIELDS.has(field));
  return isCovered && crd.scope === "Namespaced";
}

/** Upjet says in rules rather than in the schema what it requires, since initProvider may give it instead. */
function parametersOf(spec: OpenAPI): OpenAPI {
  const parameters = spec.properties?.["forProvider"] ?? {};
  const ruled = (spec["x-kubernetes-validations"] ?? []).flatMap(
    ({ message = "" }) => /^spec\.forProvider\.(\w+) is a required parameter$/.exec(message)?.[1] ?? [],
  );
  return { ...parameters, required: [...(parameters.required ?? []), ...ruled] };
}

function observationOf({ properties }: OpenAPI): OpenAPI {
  return properties?.["status"]?.properties?.["atProvider"] ?? { type: "object" };
}

function specOf({ schema }: CRD): OpenAPI {
  return schema.properties?.["spec"] ?? {};
}

/** The fields that a kind has of its own, so that every object of it is a `Resource`. */
function body({ schema }: CRD): OpenAPI {
  const { apiVersion, kind, metadata, spec, status, ...others } = schema.properties ?? {};
  const withRules = spec?.properties?.["forProvider"]
    ? { ...spec, properties: { ...spec.properties, forProvider: parametersOf(spec) } }
    : spec;
  return {
    properties: {
      ...(withRules && { spec: { ...withRules, type: "object" } }),
      ...others,
      ...(status && { status: statusOf(status) }),
    },
    required: schema.required ?? [],
  };
}

/** Whatever a status holds, its conditions are of the common shape: nothing else could be read by the toolkit. */
function statusOf(status: OpenAPI): OpenAPI {
  const text: OpenAPI = { type: "string" };
  const conditions: OpenAPI = { type: "array", items: { type: "object", properties: { type: text, status: text } } };
  return { ...status, type: "object", properties: { ...status.properties, conditions } };
}

/** Without conditions nothing could become Ready, and nobody writes a ProviderConfig's. */
function hasReadiness(crd: CRD): boolean {
  const { kind, schema } = crd;
  if (isManaged(crd)) return true;
  const status = schema.properties?.["status"];
  const isProviderConfig = /^(Cluster)?ProviderConfig$/.test(kind) && status?.properties?.["users"] !== undefined;
  if (isProviderConfig) return false;
  return status?.properties?.["conditions"] !== undefined || status?.["x-kubernetes-preserve-unknown-fields"] === true;
}
