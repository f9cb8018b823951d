import { type JsonObject, Ready, type ResourceState } from "../wire/index.js";
import { type Reader } from "./cluster.js";
import { type CompositeFields, type ObjectReference, resourceRefsOf } from "./composite-fields.js";
import { connectionDetails } from "./connection-details.js";
import { controllerOf } from "./owners.js";
import {
  annotationsOf,
  COMPOSITION_RESOURCE_NAME,
  nameOf,
  namespaceOf,
  parseGVK,
  textAt,
  uidOf,
  withValue,
} from "./unstructured.js";

/**
 * What an XR composes now, by composition resource name: what it refers to, is there, and is controlled by nobody else.
 *
 * @throws Error where such an object does not say under which name it was composed
 */
export function observe(
  store: Reader,
  xr: JsonObject,
  fields: CompositeFields,
): Readonly<Record<string, ResourceState>> {
  const observed = resourceRefsOf(xr, fields).flatMap((ref) => {
    const { apiVersion = "", kind = "", namespace = "", name = "" } = ref;
    const found = name === "" ? undefined : store.get(parseGVK(apiVersion, kind), namespaceOf(xr) || namespace, name);
    if (!found || isOthers(found, xr)) return [];
    const key = annotationsOf(found)[COMPOSITION_RESOURCE_NAME];
    if (!key) {
      throw new Error(
        `encountered composed resource without required ${JSON.stringify(COMPOSITION_RESOURCE_NAME)} annotation: ${kind} ${name}`,
      );
    }
    return [[key, state(found, connectionDetails(store, found))] as const];
  });
  return Object.fromEntries(observed);
}

export function state(resource: JsonObject, details: ResourceState["connectionDetails"]): ResourceState {
  return { resource, connectionDetails: details, ready: Ready.Unspecified };
}

/**
 * The XR with references to what is said to be observed, in the place of those that it has.
 *
 * @throws Error where something else controls one of them, or it is in another namespace than the XR
 */
export function withObserved(xr: JsonObject, observed: readonly JsonObject[], fields: CompositeFields): JsonObject {
  const problems = observed.flatMap((object) => [
    ...(isOthers(object, xr)
      ? [`observed resource ${nameOf(object)} has a controller ref but is not controlled by the XR`]
      : []),
    ...(namespaceOf(xr) !== "" && namespaceOf(object) !== namespaceOf(xr)
      ? [`observed resource ${nameOf(object)} is not in the same namespace as the XR`]
      : []),
  ]);
  if (problems.length > 0) throw new Error(`invalid observed resources: ${problems.join("; ")}`);
  if (observed.length === 0) return xr;
  const isClusterScoped = namespaceOf(xr) === "";
  const refs = observed.map((object) => ({
    apiVersion: textAt(object, ["apiVersion"]),
    kind: textAt(object, ["kind"]),
    namespace: isClusterScoped ? namespaceOf(object) : "",
    name: nameOf(object),
  }));
  return withValue(xr, fields.resourceRefs, writeReferences(refs));
}

/** References with what they say; those that say nothing are left out. */
export function writeReferences(refs: readonly ObjectReference[]): readonly JsonObject[] {
  const said = refs.map((ref) => Object.fromEntries(Object.entries(ref).filter(([, value]) => value !== "")));
  return said.filter((ref) => Object.keys(ref).length > 0);
}

function isOthers(object: JsonObject, xr: JsonObject): boolean {
  const controller = controllerOf(object);
  return controller !== undefined && controller !== uidOf(xr);
}
