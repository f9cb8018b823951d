/**
 * What render prints, with what Go's maps put in any order put in one: Crossplane walks a map of the composed resources
 * to say which of them are not ready, and the map of what is desired to say whose namespace it overrides. Documents of
 * either sort are sorted among themselves, and stay where they are among the others.
 */
export function inStableOrder(output: string): string {
  return UNSTABLE.reduce(sortedWhere, output);
}

// A long message is folded over several lines, and one with what YAML would mistake is quoted.
const UNSTABLE = [
  /^message: ['"]?Composed\s+resource\s+[\s\S]*\s+is\s+not\s+yet\s+ready['"]?$/m,
  /^message: [\s\S]*^reason: NamespaceOverridden$/m,
];

function sortedWhere(output: string, pattern: RegExp): string {
  const [nothing = "", ...documents] = output.split(/^---\n/m);
  const isUnstable = (document: string) =>
    document.startsWith("apiVersion: render.crossplane.io/") && pattern.test(document);
  const unstable = documents.filter(isUnstable).sort();
  return [
    nothing,
    ...documents.map((document) => (isUnstable(document) ? (unstable.shift() ?? document) : document)),
  ].join("---\n");
}
