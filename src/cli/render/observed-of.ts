import { type JsonObject } from "../../wire/index.js";
import { type Json } from "../../yaml/index.js";

/** Of objects that are observed those that an XR composes, as their controller or their label says. */
export function observedOf(xr: Readonly<Record<string, Json>>, observed: readonly JsonObject[]): readonly JsonObject[] {
  const { name, namespace, uid } = (xr["metadata"] ?? {}) as Metadata;
  return observed.filter((object) => {
    const metadata = (object["metadata"] ?? {}) as Metadata;
    const controller = metadata.ownerReferences?.find((owner) => owner.controller === true);
    if (controller && uid) return controller.uid === uid;
    if (namespace && metadata.namespace !== namespace) return false;
    if (controller) return controller.kind === xr["kind"] && controller.name === name;
    return metadata.labels?.["crossplane.io/composite"] === name;
  });
}

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly {
    readonly kind?: string;
    readonly name?: string;
    readonly uid?: string;
    readonly controller?: boolean;
  }[];
}
