import { type Composite, type Maker, type ManagementPolicy, managed } from "trimtab";
import { type CommonPlatform } from "./platform.js";

/** The XR, as far as those need it who make something for it or look after what is its own. */
export type Owner = Pick<Composite<unknown>, "kind" | "namespace" | "name" | "metadata">;

/** How everything in AWS is made: with the platform's ProviderConfig and tags, and tags that name the owner. */
export interface Make {
  readonly aws: Maker;
  readonly tags: Readonly<Record<string, string>>;
}

/** The tags by which something in AWS says whose it is: an XR, and the cluster that has it. */
export function ownerTags({ kind, namespace, name }: Owner, { cluster }: Pick<CommonPlatform, "cluster">) {
  return { "trimtab.dev/owner": `${kind}/${namespace}/${name}`, "trimtab.dev/cluster": cluster.arn } as const;
}

/** The keys of `ownerTags`. */
export const ownerKeys: readonly (keyof ReturnType<typeof ownerTags>)[] = ["trimtab.dev/owner", "trimtab.dev/cluster"];

export function makeFor(owner: Owner, platform: Pick<CommonPlatform, "cluster" | "providerConfig" | "tags">): Make {
  const { providerConfig, tags } = platform;
  return {
    aws: managed({ providerConfigRef: { kind: "ClusterProviderConfig", name: providerConfig } }),
    tags: { ...tags, ...ownerTags(owner, platform) },
  };
}

/** For Roles: the provider would write the attached policies into the spec, and the two would fight over them. */
export const withoutLateInitialize: readonly ManagementPolicy[] = ["Observe", "Create", "Update", "Delete"];
