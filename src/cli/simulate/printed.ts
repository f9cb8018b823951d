import { type SimulateRequest } from "./request.js";
import { type Story } from "./story.js";

/** A story as it goes to stdout. */
export async function printed(story: Story, format: SimulateRequest["output"], isColored: boolean): Promise<string> {
  if (format === "json") return (await import("./print-json.js")).printJSON(story);
  if (format === "yaml") return (await import("./print-yaml.js")).printYAML(story);
  if (format === "junit") return (await import("./print-junit.js")).printJUnit(story);
  if (format === "html") return (await import("./html/page.js")).page(story);
  return (await import("./print-text.js")).printText(story, isColored);
}
