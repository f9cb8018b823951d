import { writeYAML } from "../../yaml/index.js";
import { type Story } from "./story.js";

/** What lies in the cluster at the end, one YAML document each. @throws Error where YAML cannot hold something */
export function printYAML({ objects }: Story): string {
  return objects.map((object) => `---\n${writeYAML(object)}`).join("");
}
