import { createTwoFilesPatch } from "diff";
import { toStruct } from "../../render/to-struct.js";
import { renderUid } from "../../render/uid.js";
import {
  annotationsOf,
  COMPOSITION_RESOURCE_NAME,
  isObject,
  namespaceOf,
  objectsAt,
  textAt,
  typeOf,
} from "../../render/unstructured.js";
import { type Resource } from "../../resource/resource.js";
import { type JsonObject, type JsonValue } from "../../wire/index.js";
import { type Json, writeYAML } from "../../yaml/index.js";
import { desiredIntents, hasManagedFields, isLive, liveIntent } from "./live-intent.js";
import { readStream } from "./manifest-file.js";
import { kindOf, nameOf, type Pair, pairObjects, remember } from "./pair-objects.js";

/** An earlier state, which outputs are compared with. */
export type Before = readonly JsonObject[];

/** What is shown of an object that differs, or is new or gone. */
export type Show = (object: JsonObject) => JsonObject;

/**
 * The objects of files: of an earlier output, or of a cluster (`kubectl get … --output yaml`, lists too). Results and
 * contexts are no objects.
 *
 * @throws Error that names the file
 */
export function readBefore(cwd: string, path: string): Before {
  const values = readStream(cwd, path).map(({ document }) => toStruct(document.value));
  return objectsOf(values.filter(isObject).flatMap(items));
}

/**
 * How the output of one XR differs from what there was of it, as a unified diff of YAML for each object; empty where it
 * does not. What there was of it is the XR itself and what it controls: owner references say so, with the uid where both
 * sides have one. What nothing controls is known by its name. For all else see {@link unclaimed}.
 *
 * Against objects of a cluster it is what Crossplane last applied that counts, so that defaults and what a provider wrote
 * are no difference; the XR itself is then left out. Objects are known again by their composition resource name, and by
 * name otherwise. Names in the cluster stay, and so generated ones are no difference where the XR's file has no uid, not
 * in references either; what a function makes of the uid in other ways does differ then. A Secret's stringData counts as
 * the data that it becomes. Where managedFields are missing only what is desired is compared; see {@link unmanaged}.
 *
 * @param documents what is printed of the XR: itself first
 * @param show is asked once objects were compared, and may mask values. Default: all of an object is shown
 * @throws Error where YAML cannot hold something
 */
export function diff(before: Before, documents: readonly Json[], show: Show = asItIs): string {
  const after = objectsOf(documents as readonly JsonValue[]);
  const [xr = {}, ...composed] = after;
  const isItself = is([xr]);
  const isSame = is(after);
  const isControlled = controlledBy([xr], after);
  const others = before.filter((object) => !isItself(object));
  const own = others.filter((object) =>
    possibleControllers(object).length > 0 ? isControlled(object) : isSame(object),
  );
  const pairs = others.some(isLiveComposed)
    ? livePairs(own, composed, xr)
    : pairObjects([...before.filter(isItself), ...own], after);
  return patches(pairs, show);
}

/**
 * How what no XR has any claim to is gone, as {@link diff} prints it: objects of an earlier output that are neither among
 * all that is printed now, nor controlled by any of it. Empty against objects of a cluster, which may be anybody's.
 *
 * @param documents of all XRs. Of one that could not be rendered its manifest, so that what it controls is not said to be
 * gone
 * @param show as for {@link diff}
 */
export function unclaimed(before: Before, documents: readonly Json[], show: Show = asItIs): string {
  if (before.some(isLiveComposed)) return "";
  const after = objectsOf(documents as readonly JsonValue[]);
  const isSame = is(after);
  const isControlled = controlledBy(after, after);
  const gone = before.filter((object) => !isSame(object) && !isControlled(object));
  return patches(pairObjects(gone, []), show);
}

/**
 * The names of composed objects of a cluster that came without managedFields: fields that are no longer desired of them do
 * not show. `kubectl get` gives managedFields if it is told --show-managed-fields.
 */
export function unmanaged(before: Before): readonly string[] {
  return before.filter((object) => isLiveComposed(object) && !hasManagedFields(object)).map(nameOf);
}

function asItIs(object: JsonObject): JsonObject {
  return object;
}

/** The objects among documents: results and contexts are none. */
function objectsOf(documents: readonly JsonValue[]): readonly JsonObject[] {
  return documents.filter(isObject).filter((object) => object["apiVersion"] !== "render.crossplane.io/v1beta1");
}

function items(object: JsonObject): readonly JsonValue[] {
  const { kind, items: list } = object;
  return String(kind).endsWith("List") && Array.isArray(list) ? list : [object];
}

function is(objects: readonly JsonObject[]): (object: JsonObject) => boolean {
  const names = new Set(objects.map(nameOf));
  return (object) => names.has(nameOf(object));
}

/**
 * Tells what owners control.
 *
 * @param documents what they control now: it says the uid of an owner that is printed without
 */
function controlledBy(
  owners: readonly JsonObject[],
  documents: readonly JsonObject[],
): (object: JsonObject) => boolean {
  const isOwner = is(owners);
  const known = [...documents.flatMap(possibleControllers), ...owners].filter((each) => knownUid(each) !== "");
  const uids = new Map(known.map((each) => [nameOf(each), knownUid(each)]));
  return (object) =>
    possibleControllers(object)
      .filter(isOwner)
      .some((controller) => {
        const [now, then] = [uids.get(nameOf(controller)) ?? "", knownUid(controller)];
        return now === "" || then === "" || now === then;
      });
}

/** What may be the controller of an object, as its owner references say: it is in the same namespace, or in none. */
const possibleControllers = remember((object: JsonObject): readonly JsonObject[] => {
  const controller = controllerOf(object);
  if (!controller) return [];
  const { apiVersion = "", kind = "", name = "", uid = "" } = controller;
  return [...new Set([namespaceOf(object), ""])].map((namespace) => ({
    apiVersion,
    kind,
    metadata: { name, namespace, uid },
  }));
});

function controllerOf(object: JsonObject): JsonObject | undefined {
  return objectsAt(object, ["metadata", "ownerReferences"]).find(({ controller }) => controller === true);
}

/** The uid of an owner; empty where it has none, or one that was made up because its file has none. */
function knownUid(owner: JsonObject): string {
  const [name, namespace, uid] = ["name", "namespace", "uid"].map((field) => textAt(owner, ["metadata", field]));
  const identity = { ...typeOf(owner), metadata: { name, namespace } };
  return uid === renderUid(identity as Resource) ? "" : (uid ?? "");
}

/** Of an XR nobody can tell: `-x` prints all that its file has. */
const isLiveComposed = remember(
  (object) => (controllerOf(object) !== undefined || resourceNameOf(object) !== undefined) && isLive(object),
);

function livePairs(before: readonly JsonObject[], composed: readonly JsonObject[], xr: JsonObject): readonly Pair[] {
  // What Crossplane does not know by a resource name it does not delete: a connection Secret of the XR, for instance.
  const pairs = pairObjects(before, composed, [exactly, byResourceName, nameOf]).filter(
    ({ before: live, after }) => after || (live && resourceNameOf(live) !== undefined),
  );
  const desired = desiredIntents(pairs);
  return pairs.map(({ name, before: live }, index) => {
    const after = desired[index];
    return { name, before: live && liveIntent(live, after, xr), after };
  });
}

function byResourceName(object: JsonObject): string | undefined {
  const name = resourceNameOf(object);
  return name === undefined ? undefined : `${kindOf(object)} ${name}`;
}

function exactly(object: JsonObject): string | undefined {
  const name = byResourceName(object);
  return name === undefined ? undefined : `${name} ${nameOf(object)}`;
}

function resourceNameOf(object: JsonObject): string | undefined {
  return annotationsOf(object)[COMPOSITION_RESOURCE_NAME];
}

function patches(pairs: readonly Pair[], show: Show): string {
  return pairs.map((pair) => patch(pair, show)).join("");
}

function patch({ name, before, after }: Pair, show: Show): string {
  if (text(before) === text(after)) return "";
  const patch = createTwoFilesPatch(
    before ? name : "/dev/null",
    after ? name : "/dev/null",
    text(before && show(before)),
    text(after && show(after)),
  );
  // What the library puts before it is for version control.
  return patch.replace(/^(?:Index: .*\n)?=+\n/, "");
}

function text(object: JsonObject | undefined): string {
  return object === undefined ? "" : writeYAML(object);
}
