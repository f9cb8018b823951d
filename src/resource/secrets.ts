import { decodeBase64, encodeBase64 } from "./base64.js";
import { escapeRegExp } from "./escape-reg-exp.js";
import { type Resource } from "./resource.js";

/** Where the values of secrets come from, and where a value may stand in clear. */
export interface Sources {
  /** Connection details as text, each a map of keys to values. */
  readonly details: readonly Readonly<Record<string, string>>[];
  /** Any objects; of these, the data of Secrets is secret. */
  readonly objects: readonly Resource[];
  /** Objects in whose spec, status or external name a value that stands there is no secret: regions and ARNs are connection details too. */
  readonly clear: readonly Resource[];
}

/** Replaces what is secret in a text. */
export type Mask = (text: string) => string;

const SHORTEST = 4;
const SHORTEST_ANYWHERE = 8;

/**
 * Makes a mask of every secret value, also in base64, URL and JSON form. Values below 4 characters are left alone: no
 * credential is so short, and masking them would shred the text. Below 8 they are masked where they stand as a word.
 *
 * @param markOf what stands in the place of a value, which is text, or as {@link dataText} has it. Default: `***`
 */
export function masker(sources: Sources, markOf: (value: string) => string = () => "***"): Mask {
  const clear = clearTexts(sources.clear);
  const details = sources.details.flatMap(Object.values<string>).map((text): Secret => ({ text, given: [] }));
  const secret = [...details, ...sources.objects.flatMap(secretsOf)];
  const values = together(secret.filter(({ text }) => text.length >= SHORTEST && !clear.has(text)));
  const forms = new Map<string, readonly Form[]>();
  // No expression of all of them: V8 refuses one of some tens of kilobytes, in an error that quotes it.
  return (text) => {
    const fitting = values
      .filter(({ shortest }) => shortest <= text.length)
      .flatMap((value) => {
        const known = forms.get(value.text) ?? formsOf(value);
        forms.set(value.text, known);
        return known.filter(({ shown }) => text.includes(shown));
      });
    return fitting
      .sort((a, b) => b.shown.length - a.shown.length)
      .reduce((masked, form) => hide(masked, form, markOf), text);
  };
}

/** The texts in spec, status and external name of objects. */
export function clearTexts(objects: readonly Resource[]): ReadonlySet<string> {
  const clear = new Set<string>();
  for (const { spec, status, metadata } of objects) {
    strings(spec, clear);
    strings(status, clear);
    strings(metadata?.annotations?.["crossplane.io/external-name"], clear);
  }
  return clear;
}

/** The text that a value of a Secret's data is; the value itself where it is base64 of no text. */
export function dataText(value: string): string {
  const text = decodeBase64(value);
  return bare(encodeBase64(text)) === bare(value) ? text : value;
}

interface Secret {
  readonly text: string;
  /** How it stands in a Secret's data. */
  readonly given: readonly string[];
}

interface Value extends Secret {
  /** No text that is shorter can have it. */
  readonly shortest: number;
}

interface Form {
  readonly text: string;
  readonly shown: string;
  /** Masked only where it stands as a word. */
  readonly word: boolean;
}

function together(secrets: readonly Secret[]): readonly Value[] {
  const all = new Map<string, Set<string>>();
  for (const { text, given } of secrets) all.set(text, new Set([...(all.get(text) ?? []), ...given]));
  return [...all].map(([text, given]) => ({
    text,
    given: [...given],
    shortest: Math.min(text.length, ...[...given].map(({ length }) => length)),
  }));
}

function hide(text: string, form: Form, markOf: (value: string) => string): string {
  const mark = () => markOf(form.text);
  if (!form.word) return text.replaceAll(form.shown, mark);
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(form.shown)}(?![\\p{L}\\p{N}])`, "gu"), mark);
}

function secretsOf(object: Resource): readonly Secret[] {
  if (object.kind !== "Secret" || object.apiVersion !== "v1") return [];
  const { data, stringData } = object as { readonly data?: unknown; readonly stringData?: unknown };
  return [
    ...texts(data).map((value) => ({ text: dataText(value), given: givenForms(value) })),
    ...texts(stringData).map((text) => ({ text, given: [] })),
  ];
}

/** What is no text is refused by the API server, and nothing that a function could have read. */
function texts(map: unknown): readonly string[] {
  if (typeof map !== "object" || map === null) return [];
  return Object.values(map).filter((value) => typeof value === "string");
}

/** As it was given, packed, and, where bytes are no text, what they become of them that read them as one. */
function givenForms(value: string): readonly string[] {
  const packed = bare(value);
  const forms = [value, packed, packed.replaceAll("+", "-").replaceAll("/", "_")];
  const lossy = dataText(value) === value ? [decodeBase64(value)] : [];
  return [...forms, ...lossy].filter(({ length }) => length >= SHORTEST);
}

function bare(base64: string): string {
  return base64.replace(/[\s=]+/g, "");
}

function formsOf({ text, given }: Value): readonly Form[] {
  const whole = text.toWellFormed();
  const plain = [text, encodeURIComponent(whole), JSON.stringify(text).slice(1, -1), ...urlForms(whole)];
  const base64 = Buffer.from(text).toString("base64").replace(/=+$/, "");
  const url64 = base64.replaceAll("+", "-").replaceAll("/", "_");
  const word = text.length < SHORTEST_ANYWHERE;
  return [
    ...[...new Set(plain)].map((shown) => ({ text, shown, word })),
    ...[`${base64}==`, `${base64}=`, base64, url64].map((shown) => ({ text, shown, word: false })),
    ...given.map((shown) => ({ text, shown, word: shown.length < SHORTEST_ANYWHERE })),
  ];
}

/** As a form and as a password in a URL: both escape other characters than encodeURIComponent. */
function urlForms(value: string): readonly string[] {
  const url = new URL("https://h");
  url.password = value;
  return [new URLSearchParams([["", value]]).toString().slice(1), url.password];
}

function strings(value: unknown, into: Set<string>): void {
  if (typeof value === "string") into.add(value);
  if (typeof value === "number") into.add(String(value));
  if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) strings(inner, into);
}
