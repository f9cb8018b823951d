import { isDeepStrictEqual } from "node:util";
import { type JsonObject } from "../wire/index.js";
import { type Cluster } from "./cluster.js";
import { connectionSecretOf } from "./composite-fields.js";
import { type ConnectionDetails } from "./connection-details.js";
import { merge } from "./merge.js";
import { controllerOf, controllerReference } from "./owners.js";
import { because } from "./refusal.js";
import { nameOf, namespaceOf, textAt } from "./unstructured.js";

/** The type of the Secrets that Crossplane writes. */
export const CONNECTION_SECRET = "connection.crossplane.io/v1alpha1";

const SECRET = { group: "", version: "v1", kind: "Secret" };

/**
 * Publishes connection details in the Secret that an XR asks for, beside what is there. Keys that its XRD does not name are
 * left out, where it names some (crossplane, APIFilteredSecretPublisher of composite/api.go).
 *
 * @returns whether there was something to write
 * @throws Error where the Secret is somebody else's, or the cluster refuses it
 */
export function publishConnection(
  cluster: Cluster,
  xr: JsonObject,
  { details, keys }: { readonly details: ConnectionDetails; readonly keys: readonly string[] },
): boolean {
  const ref = connectionSecretOf(xr);
  if (ref === undefined) return false;
  const allowed = Object.entries(details).filter(([key]) => keys.length === 0 || keys.includes(key));
  const data = Object.fromEntries(allowed.map(([key, value]) => [key, Buffer.from(value).toString("base64")]));
  try {
    return writeConnectionSecret(cluster, connectionSecret(xr, ref, data), (current, wanted) => {
      return merge(current, wanted) as JsonObject;
    });
  } catch (cause) {
    throw because("cannot apply connection secret", cause);
  }
}

/** A Secret with connection details of an owner, which controls it. */
export function connectionSecret(
  owner: JsonObject,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  data: Readonly<Record<string, string>>,
): JsonObject {
  const metadata = { namespace, name, ownerReferences: [controllerReference(owner)] };
  return { apiVersion: "v1", kind: "Secret", metadata, type: CONNECTION_SECRET, data };
}

/**
 * Writes a Secret unless its data are there already. One that is not yet anybody's is taken over if it is a connection
 * Secret (crossplane-runtime, ConnectionSecretMustBeControllableBy of resource/resource.go).
 *
 * @param over what becomes of a Secret that is there
 * @returns whether there was something to write
 */
export function writeConnectionSecret(
  cluster: Pick<Cluster, "store" | "create" | "update">,
  wanted: JsonObject,
  over: (current: JsonObject, wanted: JsonObject) => JsonObject,
): boolean {
  const current = cluster.store.get(SECRET, namespaceOf(wanted), nameOf(wanted));
  if (current === undefined) {
    cluster.create(wanted);
    return true;
  }
  const controller = controllerOf(current);
  const type = textAt(current, ["type"]);
  if (controller === undefined && type !== CONNECTION_SECRET) {
    throw new Error(`refusing to modify uncontrolled secret of type ${JSON.stringify(type)}`);
  }
  const owner = controllerOf(wanted) ?? "";
  if (controller !== undefined && controller !== owner) {
    throw new Error(`existing secret is not controlled by UID ${JSON.stringify(owner)}`);
  }
  if (isDeepStrictEqual(current["data"] ?? {}, wanted["data"] ?? {})) return false;
  cluster.update(over(current, wanted));
  return true;
}
