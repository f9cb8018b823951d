/** A text that is expected: a part of it, a pattern, or an asymmetric matcher such as `expect.stringContaining`. */
export type WantedText = string | RegExp | Asymmetric;

/** Decides by itself whether a value is what is expected: `expect.any(String)`, `expect.stringMatching(…)`. */
export interface Asymmetric {
  asymmetricMatch(value: unknown): boolean;
}

export function isAsymmetric(value: unknown): value is Asymmetric {
  return typeof value === "object" && value !== null && "asymmetricMatch" in value;
}

export function fits(text: string, wanted: WantedText): boolean {
  if (typeof wanted === "string") return text.includes(wanted);
  // With the flag g or y a pattern remembers where it was.
  if (wanted instanceof RegExp) return new RegExp(wanted, wanted.flags.replace(/[gy]/g, "")).test(text);
  return wanted.asymmetricMatch(text);
}

/** A value as a person reads it in one line. */
export function shown(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (isAsymmetric(value)) return asymmetricText(value);
  if (value === undefined) return "nothing";
  const text =
    JSON.stringify(value, (_, inner) => (isAsymmetric(inner) ? asymmetricText(inner) : inner)) ?? String(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

const MOST = 400;

function asymmetricText(value: Asymmetric & { toAsymmetricMatcher?: () => string }): string {
  return value.toAsymmetricMatcher?.() ?? String(value);
}
