import { conditionsOf } from "../../render/conditions.js";
import { controllerOf } from "../../render/owners.js";
import {
  annotationsOf,
  type GVK,
  isObject,
  nameOf,
  namespaceOf,
  parseGVK,
  textAt,
  textsAt,
  valueAt,
  withValue,
} from "../../render/unstructured.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";
import { type Client } from "../api/client.js";
import { identityOf } from "../object-key.js";
import { isManifest, type ReferenceFields, referenceFieldsOf } from "./reference-fields.js";
import { type Reference } from "./stand-in.js";

export const EXTERNAL_NAME = "crossplane.io/external-name";

export interface ResolveOptions {
  readonly client: Pick<Client, "get" | "list">;
  /** What the fields refer to, by their names. */
  readonly references: Readonly<Record<string, Reference>>;
  /** Where to look for what else a field refers to. */
  readonly kinds: readonly GVK[];
}

/** What a reference waits for. */
export interface Awaited {
  /** Default: any kind. */
  readonly gvk: GVK | undefined;
  readonly namespace: string;
  /** Default: any name. */
  readonly name: string | undefined;
}

/** A reference that cannot be resolved yet. */
export class Unresolved extends Error {
  override readonly name = "Unresolved";
  readonly awaits: Awaited;

  constructor(message: string, awaits: Awaited) {
    super(message);
    this.awaits = awaits;
  }
}

/**
 * The object with the values of its references in `spec.forProvider`, as pkg/reference of crossplane-runtime v2 resolves
 * them: a value that is there stays, unless the reference says `Always`. A field that nothing is known of, such as `xRef`, is
 * for `x`: the external name of what has the name, or the ARN that it reports where the field ends in Arn.
 *
 * @throws Unresolved
 */
export async function resolveReferences(object: JsonObject, options: ResolveOptions): Promise<JsonObject> {
  const path = ["spec", "forProvider"];
  const given = valueAt(object, path);
  if (!isObject(given)) return object;
  return withValue(object, path, await resolveIn(given, [], { ...options, from: object }));
}

/** The way to a value in `spec.forProvider`: fields, and indexes of lists. */
type Where = readonly (string | number)[];

interface Resolving extends ResolveOptions {
  /** The object that refers. */
  readonly from: JsonObject;
}

async function resolveIn(value: JsonObject, where: Where, resolving: Resolving): Promise<JsonObject> {
  if (isManifest(value)) return value;
  let result = value;
  for (const fields of referenceFieldsOf(value, Object.keys(resolving.references))) {
    result = { ...result, ...(await resolveFields(result, fields, where, resolving)) };
  }
  for (const [field, child] of Object.entries(result)) {
    const resolved = await resolveBelow(child, [...where, field], resolving);
    if (resolved !== child) result = { ...result, [field]: resolved };
  }
  return result;
}

async function resolveBelow(value: JsonValue, where: Where, resolving: Resolving): Promise<JsonValue> {
  if (isObject(value)) return resolveIn(value, where, resolving);
  if (!Array.isArray(value)) return value;
  const list: JsonValue[] = [];
  for (const [index, child] of value.entries()) list.push(await resolveBelow(child, [...where, index], resolving));
  return list.every((child, index) => child === value[index]) ? value : list;
}

/** The fields to write; none where there is nothing to resolve. */
async function resolveFields(
  value: JsonObject,
  fields: ReferenceFields,
  where: Where,
  resolving: Resolving,
): Promise<JsonObject> {
  const { isMany, refField, stem, selector } = fields;
  const known = knownAt([...where, refField], resolving);
  const field = known?.field ?? (isMany && !stem.endsWith("s") ? `${stem}s` : stem);
  const isAlways = [selector, ...fields.refs].some((each) => each && policyOf(each, "resolve") === "Always");
  if (!isEmpty(value[field]) && !isAlways) return {};
  const isSelected = selector !== undefined && (fields.refs.length === 0 || policyOf(selector, "resolve") === "Always");
  const target = { known, field, stem, where: shown([...where, field]) };
  const found = isSelected
    ? await select(selector, isMany, target, resolving)
    : await Promise.all(fields.refs.map((ref) => follow(ref, target, resolving)));
  const resolved = found.filter((each) => each !== undefined);
  if (resolved.length === 0) return {};
  const values = resolved.map((each) => each.value);
  const names = resolved.map(({ object }) => ({ name: nameOf(object) }));
  const [value0 = ""] = values;
  return {
    [field]: isMany ? values : value0,
    ...(isSelected && { [refField]: isMany ? names : (names[0] ?? {}) }),
  };
}

interface Target {
  readonly known: Reference | undefined;
  readonly field: string;
  readonly stem: string;
  /** Where the field stands, as providers write it. */
  readonly where: string;
}

interface Resolved {
  readonly object: JsonObject;
  readonly value: string;
}

async function follow(ref: JsonObject, target: Target, resolving: Resolving): Promise<Resolved | undefined> {
  const name = textAt(ref, ["name"]);
  const namespace = textAt(ref, ["namespace"]) || namespaceOf(resolving.from);
  const gvks = kindsFor(target, resolving);
  const awaits = { gvk: target.known && gvks[0], namespace, name };
  const isOptional = policyOf(ref, "resolution") === "Optional";
  for (const gvk of gvks) {
    const object = await resolving.client.get(gvk, namespace, name);
    if (object) return taken(object, target, awaits, isOptional);
  }
  if (isOptional) return undefined;
  const what = target.known && gvks[0] ? `${gvks[0].kind}.${gvks[0].group}` : `managed resource`;
  throw new Unresolved(`${target.where}: cannot get referenced resource: ${what} "${name}" not found`, awaits);
}

async function select(
  selector: JsonObject,
  isMany: boolean,
  target: Target,
  resolving: Resolving,
): Promise<readonly (Resolved | undefined)[]> {
  const namespace = textAt(selector, ["namespace"]) || namespaceOf(resolving.from);
  const gvks = kindsFor(target, resolving);
  const awaits = { gvk: target.known && gvks[0], namespace, name: undefined };
  const isOptional = policyOf(selector, "resolution") === "Optional";
  const mustMatch = selector["matchControllerRef"] === true;
  for (const gvk of gvks) {
    const all = await resolving.client.list(gvk, namespace, textsAt(selector, ["matchLabels"]));
    const fitting = all.filter(
      (each) => identityOf(each) !== identityOf(resolving.from) && (!mustMatch || isSibling(each, resolving.from)),
    );
    const chosen = isMany ? fitting : fitting.slice(0, 1);
    if (chosen.length > 0) return chosen.map((object) => taken(object, target, awaits, isOptional));
  }
  if (isOptional) return [];
  throw new Unresolved(`${target.where}: no resources matched selector`, awaits);
}

function taken(object: JsonObject, target: Target, awaits: Awaited, isOptional: boolean): Resolved | undefined {
  const value = valueFrom(object, target);
  if (value !== "") return { object, value };
  if (isOptional) return undefined;
  throw new Unresolved(
    `${target.where}: referenced field was empty (referenced resource may not yet be ready)`,
    awaits,
  );
}

function valueFrom(object: JsonObject, { known, field }: Target): string {
  const externalName = annotationsOf(object)[EXTERNAL_NAME] ?? "";
  if (known) return known.from ? textAt(object, known.from) : externalName;
  if (!/Arns?$/.test(field)) return externalName;
  const isReady = conditionsOf(object).some(({ type, status }) => type === "Ready" && status === "True");
  return textAt(object, ["status", "atProvider", "arn"]) || (isReady ? externalName : "");
}

/** Of unknown kinds, first those whose name the field begins with. */
function kindsFor({ known, stem }: Target, { kinds }: Resolving): readonly GVK[] {
  if (known) return [parseGVK(known.apiVersion, known.kind)];
  const begins = ({ kind }: GVK) => stem.toLowerCase().startsWith(kind.toLowerCase());
  return [...kinds.filter(begins), ...kinds.filter((gvk) => !begins(gvk))];
}

function isSibling(one: JsonObject, other: JsonObject): boolean {
  const controller = controllerOf(one);
  return controller !== undefined && controller === controllerOf(other);
}

const isEmpty = (value: JsonValue | undefined) =>
  value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

const policyOf = (ref: JsonObject, field: "resolve" | "resolution") => textAt(ref, ["policy", field]);

function knownAt(where: Where, { references }: Resolving): Reference | undefined {
  const fields = where.filter((part) => typeof part === "string");
  return references[fields.join(".")] ?? references[fields.at(-1) ?? ""];
}

/** As generated code of providers says it. */
function shown(where: Where): string {
  const parts = where.map((part) =>
    typeof part === "number" ? `[${part}]` : `.${part.charAt(0).toUpperCase()}${part.slice(1)}`,
  );
  return `mg.Spec.ForProvider${parts.join("")}`;
}
