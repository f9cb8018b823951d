import { type Cluster, type Reader } from "../../render/cluster.js";
import { type GVK, uidOf } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { type Client, type DeleteOptions, type ObjectId, type WriteOptions } from "../api/client.js";

/** A client of a cluster in memory, which answers at once. */
export interface PromptClient extends Client {
  get(gvk: GVK, namespace: string, name: string): JsonObject | undefined;
  list(gvk: GVK, namespace: string, labels?: Readonly<Record<string, string>>): readonly JsonObject[];
  create(object: JsonObject, options: WriteOptions): JsonObject;
  update(object: JsonObject, options: WriteOptions): JsonObject;
  apply(object: JsonObject, options: WriteOptions): JsonObject;
  delete(object: ObjectId, options?: DeleteOptions): void;
}

/** The field manager of what Crossplane creates and updates. */
export const CROSSPLANE = "crossplane";

/** What Crossplane's controllers do to a cluster, done by a client. */
export function clusterOf(client: PromptClient): Cluster {
  const store: Reader = {
    get: (gvk, namespace, name) => client.get(gvk, namespace, name),
    list: (gvk, namespace, labels) => client.list(gvk, namespace, labels),
  };
  return {
    store,
    create: (object) => client.create(object, { manager: CROSSPLANE }),
    update: (object) => client.update(object, { manager: CROSSPLANE }),
    updateStatus: (object) => client.update(object, { manager: CROSSPLANE, subresource: "status" }),
    apply: (object, manager) => client.apply(object, { manager }),
    applyStatus: (_object, intent, manager) => client.apply(intent, { manager, subresource: "status" }),
    delete: (object) => {
      const uid = uidOf(object);
      client.delete(object, { manager: CROSSPLANE, propagation: "Foreground", ...(uid !== "" && { uid }) });
    },
  };
}
