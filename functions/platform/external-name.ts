import { type Metadata } from "trimtab";

/** The name in the cloud: written by us, or by the provider where the cloud chooses it. */
export function externalName(resource: { readonly metadata?: Metadata } | undefined): string | undefined {
  return resource?.metadata?.annotations?.["crossplane.io/external-name"];
}
