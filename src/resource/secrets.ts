import { decodeBase64 } from "./base64.js";
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
 */
export function masker(sources: Sources): Mask {
  const clear = new Set<string>();
  for (const { spec, status, metadata } of sources.clear) {
    strings(spec, clear);
    strings(status, clear);
    strings(metadata?.annotations?.["crossplane.io/external-name"], clear);
  }
  const secret = [...sources.details.flatMap(Object.values<string>), ...sources.objects.flatMap(secretData)];
  const values = [...new Set(secret.filter((value) => value.length >= SHORTEST && !clear.has(value)))];
  const forms = new Map<string, readonly Form[]>();
  // No expression of all of them: V8 refuses one of some tens of kilobytes, in an error that quotes it.
  return (text) => {
    const fitting = values
      .filter((value) => value.length <= text.length)
      .flatMap((value) => {
        const known = forms.get(value) ?? formsOf(value);
        forms.set(value, known);
        return known.filter(({ shown }) => text.includes(shown));
      });
    return fitting.sort((a, b) => b.shown.length - a.shown.length).reduce(hide, text);
  };
}

interface Form {
  readonly shown: string;
  /** Masked only where it stands as a word. */
  readonly word: boolean;
}

function hide(text: string, { shown, word }: Form): string {
  if (!word) return text.replaceAll(shown, "***");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(shown)}(?![\\p{L}\\p{N}])`, "gu"), "***");
}

function secretData(object: Resource): readonly string[] {
  if (object.kind !== "Secret" || object.apiVersion !== "v1") return [];
  const { data = {} } = object as { readonly data?: Readonly<Record<string, string>> };
  return Object.values(data).map(decodeBase64);
}

function formsOf(value: string): readonly Form[] {
  const whole = value.toWellFormed();
  const plain = [value, encodeURIComponent(whole), JSON.stringify(value).slice(1, -1), ...urlForms(whole)];
  const base64 = Buffer.from(value).toString("base64").replace(/=+$/, "");
  const url64 = base64.replaceAll("+", "-").replaceAll("/", "_");
  const word = value.length < SHORTEST_ANYWHERE;
  return [
    ...[...new Set(plain)].map((shown) => ({ shown, word })),
    ...[`${base64}==`, `${base64}=`, base64, url64].map((shown) => ({ shown, word: false })),
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
