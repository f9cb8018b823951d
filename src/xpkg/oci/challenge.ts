/** What a registry asks for with 401 (RFC 9110, 11.6.1). */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The first challenge of a WWW-Authenticate header that we can meet, else the first one. */
export function parseChallenge(header: string | null): Challenge | undefined {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  for (const [, scheme, key, quoted, plain] of (header ?? "").matchAll(PARTS)) {
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
    const parameters = challenges.at(-1)?.parameters;
    if (key === undefined || parameters === undefined) continue;
    parameters[key.toLowerCase()] = quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "";
  }
  return challenges.find(({ scheme }) => scheme === "bearer" || scheme === "basic") ?? challenges[0];
}

/** A parameter, `key="value"`, or a scheme: a word that no equals sign follows. */
const PARTS = /(?:([\w-]+)(?=\s+[\w-]+\s*=|\s*(?:,|$))|([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))/g;
