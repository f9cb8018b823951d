import { type Cluster } from "../../render/cluster.js";
import { connectionSecretOf } from "../../render/composite-fields.js";
import { controllerOf } from "../../render/owners.js";
import { connectionSecret, writeConnectionSecret } from "../../render/publish-connection.js";
import { because } from "../../render/refusal.js";
import { namespaceOf, textAt, textsAt, uidOf, withValue } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

/**
 * Copies the connection Secret of an XR to the one that its claim asks for, in the claim's namespace (crossplane,
 * APIConnectionPropagator of claim/connection.go).
 *
 * @returns whether there was something to write
 * @throws Error where there is no such Secret, or one of the two is somebody else's
 */
export function propagateConnection(
  cluster: Pick<Cluster, "store" | "create" | "update">,
  claim: JsonObject,
  xr: JsonObject,
): boolean {
  const [from, to] = [connectionSecretOf(xr), connectionSecretOf(claim)];
  if (from === undefined || to === undefined) return false;
  const secret = cluster.store.get({ group: "", version: "v1", kind: "Secret" }, from.namespace, from.name);
  if (secret === undefined) {
    throw new Error(`cannot get composite resource's connection secret: Secret ${JSON.stringify(from.name)} not found`);
  }
  if (controllerOf(secret) !== uidOf(xr)) {
    throw new Error("cannot establish control of existing connection secret");
  }
  const wanted = connectionSecret(claim, { namespace: namespaceOf(claim), name: to.name }, textsAt(secret, ["data"]));
  try {
    return writeConnectionSecret(cluster, wanted, (current) =>
      withValue(wanted, ["metadata", "resourceVersion"], textAt(current, ["metadata", "resourceVersion"]) || undefined),
    );
  } catch (cause) {
    throw because("cannot create or update connection secret", cause);
  }
}
