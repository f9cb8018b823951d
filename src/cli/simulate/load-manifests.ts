import { readComposition } from "../../render/read-composition.js";
import { toStruct } from "../../render/to-struct.js";
import { isObject, nameOf, namespaceOf, textAt, valueAt } from "../../render/unstructured.js";
import { type Platform } from "../../simulate/input.js";
import { type JsonObject } from "../../wire/index.js";
import { admitted } from "../render/admitted.js";
import { isFolder, type Manifest, objectOf, place, readStream } from "../render/manifest-file.js";

/** What is applied of files and folders. */
export interface Applied {
  readonly objects: readonly JsonObject[];
  /** The XRs and claims among them. */
  readonly composites: readonly JsonObject[];
}

/**
 * The objects of files, and the XRs and claims of folders, in which everything else is passed over.
 *
 * @throws Error with file, line and field where there is no XR, where an XRD refuses one, and where one is there twice
 */
export async function loadManifests(cwd: string, paths: readonly string[], platform: Platform): Promise<Applied> {
  const isComposite = composites(platform);
  const manifests = paths.flatMap((path) => {
    const all = readStream(cwd, path).filter(({ document }) => document.value !== null);
    return isFolder(cwd, path) ? all.filter((each) => isComposite(looseOf(each))) : all;
  });
  refuseTwice(manifests);
  for (const manifest of manifests) await admit(manifest, platform);
  const objects = manifests.map(structOf);
  return { objects, composites: objects.filter(isComposite) };
}

/** Tells what is an XR or a claim: what a Composition composes, or an XRD defines. */
function composites({ compositions, xrds }: Platform): (object: JsonObject) => boolean {
  const types = compositions.map((each) => readComposition(each).compositeTypeRef);
  const kinds = new Set([
    ...types.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`),
    ...xrds.flatMap(kindsOf),
  ]);
  return (object) => kinds.has(`${groupOf(textAt(object, ["apiVersion"]))}/${textAt(object, ["kind"])}`);
}

function kindsOf(xrd: JsonObject): readonly string[] {
  const group = textAt(xrd, ["spec", "group"]);
  const kinds = ["names", "claimNames"].map((names) => textAt(xrd, ["spec", names, "kind"]));
  return kinds.filter((kind) => kind !== "").map((kind) => `${group}/${kind}`);
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

/**
 * What an XRD refuses is said here, since only a file has lines; the API server would refuse it too. A field that it does not
 * know is refused where something is applied, as `kubectl apply --server-side` does it.
 */
async function admit(manifest: Manifest, { xrds }: Platform): Promise<void> {
  const given = objectOf(manifest);
  const object = structOf(manifest);
  const key = `${groupOf(textAt(object, ["apiVersion"]))}/${textAt(object, ["kind"])}`;
  const xrd = xrds.find((each) => kindsOf(each).includes(key));
  if (!xrd) return;
  const unknown: string[] = [];
  await admitted(xrd, nameOf(xrd))(given, manifest, unknown);
  const problems = unknown.map((text) => text.replace(/, and is dropped$/, "; remove it"));
  if (problems.length > 0) throw new Error(`cannot apply ${textAt(object, ["kind"])}: ${problems.join("\n  ")}`);
}

function refuseTwice(manifests: readonly Manifest[]): void {
  const known = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const object = structOf(manifest);
    const key = identityOf(object);
    const other = known.get(key);
    if (other) {
      throw new Error(
        `cannot apply ${textAt(object, ["kind"])} ${nameOf(object)} twice: it is in ${place(other)} and ${place(manifest)}; name the file that counts`,
      );
    }
    known.set(key, manifest);
  }
}

/** What two manifests of the same object have in common. */
export function identityOf(object: JsonObject): string {
  const { apiVersion, kind } = object;
  return JSON.stringify([groupOf(String(apiVersion)), kind, namespaceOf(object), nameOf(object)]);
}

/** Of a folder anything is read, and passed over. */
function looseOf({ document }: Manifest): JsonObject {
  const value = toStruct(document.value);
  return isObject(value) ? value : {};
}

function structOf(manifest: Manifest): JsonObject {
  const object = toStruct(objectOf(manifest));
  if (!isObject(object) || valueAt(object, ["metadata"]) === undefined) {
    throw new Error(`${place(manifest)}: the object has no metadata; it needs a name`);
  }
  return object;
}
