import { stringify } from "yaml";

/** An object as YAML that parsers of 1.1, such as that of Kubernetes, read as it is meant, marked as generated. */
export function yamlText(object: unknown, source: string): string {
  return `# Generated from ${source} by trimtab synth. Do not edit.\n${stringify(object, { lineWidth: 0, version: "1.1" })}`;
}

/** Whether a text begins as a file that was generated does, and so may be replaced or removed. */
export function isGenerated(text: string): boolean {
  return /^# Generated from \S+ by trimtab synth\. Do not edit\.\n/.test(text);
}
