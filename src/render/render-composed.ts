import { childName } from "../resource/composed-name.js";
import { type JsonObject } from "../wire/index.js";
import { controllerOf, withController } from "./owners.js";
import {
  COMPOSITION_RESOURCE_NAME,
  gvkOf,
  labelsOf,
  nameOf,
  namespaceOf,
  textAt,
  withTexts,
  withValue,
} from "./unstructured.js";

const COMPOSITE = "crossplane.io/composite";
const CLAIM_NAME = "crossplane.io/claim-name";
const CLAIM_NAMESPACE = "crossplane.io/claim-namespace";

/** The labels by which what an XR composes is found. */
export const COMPOSED_LABELS = [COMPOSITE, CLAIM_NAME, CLAIM_NAMESPACE];

/**
 * What is applied for a desired resource: with the name of what is observed, or one that Crossplane makes, in the XR's
 * namespace, labelled, and controlled by the XR.
 *
 * @throws Error where the name is none that Kubernetes allows, or something else is said to be the controller
 */
export function renderComposed(
  key: string,
  desired: JsonObject,
  observed: JsonObject | undefined,
  xr: JsonObject,
): JsonObject {
  const named = observed ? withIdentityOf(desired, observed) : desired;
  const marked = mark(named, key, xr);
  const owned = naming(key, () => withController(marked, xr));
  const composed = withName(owned, key);
  const name = nameOf(composed);
  if (!isValidName(name, composed)) {
    throw new Error(
      `cannot apply composed resource ${JSON.stringify(key)} because it has an invalid name ${JSON.stringify(name)}. Must be a valid RFC 1123 subdomain name.`,
    );
  }
  return composed;
}

/** The name and namespace of something once it exists are those that it has. */
function withIdentityOf(desired: JsonObject, observed: JsonObject): JsonObject {
  return ["namespace", "name", "generateName"].reduce((object, field) => {
    const path = ["metadata", field];
    return withValue(object, path, textAt(observed, path) || undefined);
  }, desired);
}

function mark(object: JsonObject, key: string, xr: JsonObject): JsonObject {
  const labels = labelsOf(xr);
  const prefix = labels[COMPOSITE];
  if (!prefix) {
    throw new Error(
      `cannot render metadata for composed resource ${JSON.stringify(key)}: the XR has no name to label it with`,
    );
  }
  const isNamed = nameOf(object) !== "" || textAt(object, ["metadata", "generateName"]) !== "";
  const named = isNamed ? object : withValue(object, ["metadata", "generateName"], `${prefix}-`);
  const namespace = namespaceOf(xr);
  const placed = namespace === "" ? named : withValue(named, ["metadata", "namespace"], namespace);
  const { [CLAIM_NAME]: claim, [CLAIM_NAMESPACE]: claimNamespace } = labels;
  const ofClaim = claim && claimNamespace ? { [CLAIM_NAME]: claim, [CLAIM_NAMESPACE]: claimNamespace } : {};
  const annotated = key === "" ? placed : withTexts(placed, "annotations", { [COMPOSITION_RESOURCE_NAME]: key });
  return withTexts(annotated, "labels", { [COMPOSITE]: prefix, ...ofClaim });
}

function withName(object: JsonObject, key: string): JsonObject {
  if (nameOf(object) !== "") return object;
  const prefix = textAt(object, ["metadata", "generateName"]);
  return withValue(object, ["metadata", "name"], childName(prefix, controllerOf(object) ?? "", key));
}

function isValidName(name: string, object: JsonObject): boolean {
  const { group, kind } = gvkOf(object);
  const isRBAC =
    group === "rbac.authorization.k8s.io" &&
    ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"].includes(kind);
  const checked = isRBAC ? name.replaceAll(":", "") : name;
  return checked.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(checked);
}

function naming<T>(key: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot render metadata for composed resource ${JSON.stringify(key)}: ${message}`, {
      cause: error,
    });
  }
}
