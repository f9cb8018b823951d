import { type Kind, kind, type Resource } from "trimtab";
import { type eks } from "trimtab/models";
import { LegacyXBucket } from "../../xrds/legacyxbucket.js";
import { XBucket } from "../../xrds/xbucket.js";
import { controllerOf, type Looking } from "../platform/foreign.js";

/** An XBucket, as far as an identity looks into one. */
interface Bucket extends Resource {
  readonly spec?: {
    readonly consumers?: readonly { readonly serviceAccount: string; readonly identity?: { readonly name: string } }[];
  };
}

const buckets: readonly Kind<Bucket>[] = [
  kind<Bucket>(`${XBucket.group}/${XBucket.version}`, XBucket.kind),
  kind<Bucket>(`${LegacyXBucket.group}/${LegacyXBucket.version}`, LegacyXBucket.kind, { scope: "Cluster" }),
];

/**
 * Whether the XBucket that has bound a ServiceAccount is about to use this identity instead. It releases the ServiceAccount
 * only once there is a role to use, so that refusing it here would have each wait for the other.
 */
export function handsOver({ find, xr }: Looking, association: eks.PodIdentityAssociation): boolean {
  const controller = controllerOf(association);
  const bucket = buckets.find((each) => each.kind === controller?.kind && each.apiVersion === controller.apiVersion);
  if (!controller || !bucket) return false;
  const { serviceAccount } = association.spec.forProvider;
  const consumers = find(bucket, { name: controller.name, namespace: xr.namespace })?.spec?.consumers ?? [];
  return consumers.some((each) => each.serviceAccount === serviceAccount && each.identity?.name === xr.name);
}
