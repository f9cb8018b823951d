/** What AWS refuses in tags, each with its field and the remedy (Tagging AWS resources). */
export function tagRefusals(tags: Readonly<Record<string, string>>, field: string): readonly string[] {
  return Object.entries(tags).flatMap(([key, value]) => {
    const named = `${field}: the key ${shown(key)}`;
    if (/^aws:/i.test(key) || key === "" || [...key].length > 128 || !TAKEN.test(key))
      return [`${named} is not allowed: use 1 to 128 letters, digits, spaces and _.:/=+-@, not beginning with aws:`];
    if ([...value].length <= 256 && TAKEN.test(value)) return [];
    return [`${named} has the value ${shown(value)}: use at most 256 letters, digits, spaces and _.:/=+-@`];
  });
}

/** IAM, unlike S3, refuses tags whose keys differ in case alone (IAM User Guide, tagging). */
export function sameKeyRefusals(keys: readonly string[], field: string): readonly string[] {
  const lower = keys.map((key) => key.toLowerCase());
  return keys.flatMap((key) => {
    const first = keys[lower.indexOf(key.toLowerCase())] ?? key;
    if (first === key) return [];
    return [`${field}: the key ${shown(key)} is ${shown(first)} but for its case: leave it out`];
  });
}

const TAKEN = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function shown(text: string): string {
  const letters = [...text];
  return JSON.stringify(letters.length > 60 ? `${letters.slice(0, 60).join("")}…` : text);
}
