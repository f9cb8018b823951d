// The main job in memory: the read-write example, composed before and after the cloud has answered.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeBase64, type Resource } from "trimtab";
import { reconcile } from "trimtab/render";
import { parse, parseAllDocuments, stringify } from "yaml";
import { bucket } from "../functions/bucket/function.js";

const folder = join(import.meta.dirname, "read-write");
const read = (file: string) => readFileSync(join(folder, file), "utf8");
const xr = parse(read("xr.yaml")) as Resource;
const composition = parse(read("../../compositions/xbucket.yaml")) as { spec: { pipeline: { input: unknown }[] } };
const input = composition.spec.pipeline[0]?.input;
const observed = parseAllDocuments(read("observed.yaml")).map((document) => document.toJS() as Resource);

const first = reconcile(bucket, { xr, input });
const later = reconcile(bucket, { xr, input, observed });

section("1. The XBucket is applied. Crossplane is told to make:");
for (const [key, resource] of Object.entries(first.resources))
  print(`# ${key}\n${stringify(resource, { lineWidth: 0 })}---`);

section("What waits, and why:");
for (const [key, what] of Object.entries(first.waiting)) print(`${key} needs ${what}`);

section("2. AWS has answered. The Secret (values masked):");
for (const [key, resource] of Object.entries(later.resources)) {
  if (!(key in first.resources)) print(`# ${key}\n${stringify(masked(resource), { lineWidth: 0 })}---`);
}
const waiting = Object.keys(later.waiting);
print(waiting.length > 0 ? `Still waiting: ${waiting.join(", ")}` : "Nothing waits any more.");

/** A Secret with the length of each value in place of the value. */
function masked(resource: Resource): object {
  const { data = {} } = resource as { readonly data?: Readonly<Record<string, string>> };
  const lengths = Object.entries(data).map(([key, value]) => [key, `*** (${decodeBase64(value).length} characters)`]);
  return { ...resource, data: Object.fromEntries(lengths) };
}

function section(title: string): void {
  print(`\n${title}\n${"-".repeat(title.length)}`);
}

function print(text: string): void {
  console.log(text);
}
