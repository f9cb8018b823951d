import { createTwoFilesPatch } from "diff";
import { toStruct } from "../../render/to-struct.js";
import { type JsonObject } from "../../wire/index.js";
import { type Json, writeYAML } from "../../yaml/index.js";
import { isLive, liveIntent, withoutAdded } from "./live-intent.js";
import { readStream } from "./manifest-file.js";
import { pairObjects } from "./pair-objects.js";

/** An earlier state, which outputs are compared with. */
export type Before = readonly JsonObject[];

/**
 * The objects of files: of an earlier output, or of a cluster (`kubectl get … --output yaml`, lists too). Results and
 * contexts are no objects.
 *
 * @throws Error that names the file
 */
export function readBefore(cwd: string, path: string): Before {
  return readStream(cwd, path)
    .map(({ document }) => toStruct(document.value))
    .flatMap((value) => (isObject(value) ? items(value) : []))
    .filter((object) => object["apiVersion"] !== "render.crossplane.io/v1beta1");
}

/**
 * How objects differ from what there was, as a unified diff of YAML for each; empty where they do not.
 *
 * Against objects of a cluster it is what Crossplane last applied that counts, so that defaults and what a provider wrote
 * are no difference; the XR is then left out, and so is what another XR controls.
 */
export function diff(before: Before, documents: readonly Json[]): string {
  const after = documents.filter((document) => !isRender(document)) as readonly JsonObject[];
  const [xr = {}, ...composed] = after;
  const pairs = before.some(isLive)
    ? pairObjects(
        before.filter((object) => isComposedBy(object, xr)),
        composed,
      ).map(({ name, ...pair }) => ({
        name,
        before: pair.before && liveIntent(pair.before, pair.after, xr),
        after: pair.after && withoutAdded(pair.after),
      }))
    : pairObjects(before, after);
  return pairs.map((pair) => patch(pair.name, text(pair.before), text(pair.after))).join("");
}

function patch(name: string, before: string, after: string): string {
  if (before === after) return "";
  const text = createTwoFilesPatch(
    before === "" ? "/dev/null" : name,
    after === "" ? "/dev/null" : name,
    before,
    after,
  );
  // What the library puts before it is for version control.
  return text.replace(/^(?:Index: .*\n)?=+\n/, "");
}

function text(object: JsonObject | undefined): string {
  return object === undefined ? "" : writeYAML(object);
}

function items(object: JsonObject): readonly JsonObject[] {
  const { kind, items: list } = object;
  return String(kind).endsWith("List") && Array.isArray(list) ? list.filter(isObject) : [object];
}

function isComposedBy(object: JsonObject, xr: JsonObject): boolean {
  const { ownerReferences = [] } = (object["metadata"] ?? {}) as { readonly ownerReferences?: readonly JsonObject[] };
  const { name } = (xr["metadata"] ?? {}) as { readonly name?: string };
  return ownerReferences.some(
    (owner) => owner["controller"] === true && owner["kind"] === xr["kind"] && owner["name"] === name,
  );
}

function isRender(document: Json): boolean {
  return isObject(document) && document["apiVersion"] === "render.crossplane.io/v1beta1";
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
