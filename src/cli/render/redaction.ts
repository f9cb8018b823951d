import { type Resource } from "../../resource/resource.js";
import { clearTexts, dataText, type Mask, masker } from "../../resource/secrets.js";
import { type JsonObject } from "../../wire/index.js";
import { type Json } from "../../yaml/index.js";
import { type Before } from "./diff.js";
import { mapError } from "./map-error.js";
import { type Outcome } from "./rendering.js";

/** What masks the secrets of a render. */
export interface Redaction {
  readonly text: Mask;
  /** A value in which the data of Secrets, and every copy of it, is masked. */
  value<T extends Json>(value: T): T;
}

/**
 * Masks what is secret in a render: the data of Secrets, given or composed, and its copies elsewhere, unless it stands in
 * clear in the XR as it was given or in what is observed. Where rendering failed, that is what was given.
 *
 * @param before what is shown as well
 * @param markOf what stands in the place of a value. Default: `***`
 */
export function redaction(
  { manifest, inputs, done }: Outcome,
  before: Before = [],
  markOf: (value: string) => string = () => "***",
): Redaction {
  const { observed, required, credentials, context } = inputs;
  const { composite = {}, composed = [], deleted = [], context: left = {} } = done?.rendered ?? {};
  const xr = (done?.xr ?? manifest.document.value) as Json;
  const given = credentials.map((object) => ({ ...object, apiVersion: "v1", kind: "Secret" }));
  const shown: Json = [
    ...[...observed, ...required, ...given, ...composed, ...deleted, ...before],
    ...[xr, composite, context, left, done?.documents ?? []],
  ] as Json[];
  const open = [xr, ...observed].filter(isObject).map((object) => withoutSecrets(object as Json));
  const clear = open as unknown as readonly Resource[];
  const objects = secretsIn(shown) as unknown as readonly Resource[];
  const text = masker({ details: [], objects, clear }, markOf);
  const places = { text, markOf, clear: clearTexts(clear) };
  return { text, value: (value) => masked(value, places) as typeof value };
}

/** Marks that tell one value from another: `*** (1)`, `*** (2)`, in the order in which they are met. */
export function numberedMarks(): (value: string) => string {
  const known = new Map<string, string>();
  return (value) => {
    const mark = known.get(value) ?? `*** (${known.size + 1})`;
    known.set(value, mark);
    return mark;
  };
}

/** What became of an XR, with its secrets masked; an error stays the kind of error that it is. */
export function redacted(outcome: Outcome, { text, value }: Redaction): Outcome {
  const { done, error, warnings } = outcome;
  const mask = { ...outcome, error: mapError(error, text), warnings: warnings.map(text) };
  if (!done) return mask;
  const { rendered, documents } = done;
  const { composite, deleted, events } = rendered;
  const shown = {
    composite: value(composite),
    deleted: deleted.map(value),
    events: events.map((event) => ({ ...event, message: text(event.message) })),
  };
  return { ...mask, done: { ...done, rendered: { ...rendered, ...shown }, documents: documents.map(value) } };
}

/** What is masked, and what not. */
export interface Places {
  readonly text: Mask;
  /** What stands in the place of a value. */
  readonly markOf: (value: string) => string;
  /** What a Secret may show. */
  readonly clear: ReadonlySet<string>;
}

/** A value in which the data of Secrets is masked, and every text that the mask knows. */
export function masked(value: Json, places: Places): Json {
  const { text } = places;
  if (typeof value === "string") return text(value);
  if (typeof value === "number" || typeof value === "bigint") return maskedNumber(value, text);
  if (Array.isArray(value)) return value.map((item: Json) => masked(item, places));
  if (!isObject(value)) return value;
  const whole = Object.entries(value).map(([key, entry]) => [key, masked(entry, places)]);
  return { ...Object.fromEntries(whole), ...(isSecret(value) && hidden(value, places)) };
}

/** A password of digits may have been copied as a number. */
function maskedNumber(value: number | bigint, mask: Mask): Json {
  const mark = mask(String(value));
  return mark.startsWith("***") ? mark : value;
}

/** What a Secret holds, however short it is. */
function hidden({ data, stringData, metadata }: JsonRecord, { text, markOf, clear }: Places): JsonRecord {
  const entry = (value: Json, textOf: (given: string) => string): Json => {
    if (value === null) return value;
    if (typeof value !== "string") return markOf(JSON.stringify(value, (_, inner) => exact(inner)));
    return clear.has(textOf(value)) ? text(value) : markOf(textOf(value));
  };
  const all = (map: Json, textOf: (given: string) => string): Json =>
    isObject(map)
      ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key, entry(value, textOf)]))
      : entry(map, textOf);
  return {
    ...(data !== undefined && { data: all(data, dataText) }),
    ...(stringData !== undefined && { stringData: all(stringData, (given) => given) }),
    ...(isObject(metadata) && { metadata: withoutCopy(metadata, { text, markOf, clear }) }),
  };
}

/** kubectl keeps there what it applied, as JSON. */
const COPY = "kubectl.kubernetes.io/last-applied-configuration";

function withoutCopy(metadata: JsonRecord, places: Places): Json {
  const { annotations } = metadata;
  const rest = masked(metadata, places) as JsonRecord;
  if (!isObject(annotations) || annotations[COPY] === undefined) return rest;
  const copy = places.markOf(String(annotations[COPY]));
  return { ...rest, annotations: { ...(rest["annotations"] as JsonRecord), [COPY]: copy } };
}

/** Every Secret in a value, wherever it stands: a function may compose an object that holds one. */
function secretsIn(value: Json): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => secretsIn(item));
  if (!isObject(value)) return [];
  return isSecret(value) ? [value as unknown as JsonObject] : Object.values(value).flatMap(secretsIn);
}

function withoutSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutSecrets(item));
  if (!isObject(value)) return value;
  if (isSecret(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withoutSecrets(entry)]));
}

type JsonRecord = Readonly<Record<string, Json>>;

function isSecret({ apiVersion, kind }: JsonRecord): boolean {
  return apiVersion === "v1" && kind === "Secret";
}

function isObject(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const exact = (value: unknown) => (typeof value === "bigint" ? String(value) : value);
