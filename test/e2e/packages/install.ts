import { type Resource } from "../../../src/resource/resource.js";
import { type Client } from "../../cluster/client.js";
import { conditionsTrue } from "../control-plane/condition.js";
import { type ControlPlane } from "../control-plane/control-plane.js";

/** Has Crossplane look for packages of these hosts in the registry of the control plane: there is no other one here. */
export function mirror(hosts: readonly string[], registry: string): readonly Resource[] {
  return hosts.map((host) => ({
    apiVersion: "pkg.crossplane.io/v1beta1",
    kind: "ImageConfig",
    metadata: { name: `mirror-${host.replaceAll(/[^a-z0-9]+/g, "-")}` },
    spec: {
      matchImages: [{ type: "Prefix", prefix: `${host}/` }],
      rewriteImage: { prefix: `${registry}/mirror/` },
    },
  }));
}

/** Installs a Configuration, and waits until it is healthy with all that it depends on. */
export async function installConfiguration(
  { client }: Pick<ControlPlane, "client">,
  name: string,
  reference: string,
  seconds = 120,
): Promise<void> {
  const configuration: Resource = { apiVersion: "pkg.crossplane.io/v1", kind: "Configuration", metadata: { name } };
  await client.apply({ ...configuration, spec: { package: reference } } as Resource);
  await conditionsTrue(client, configuration, ["Installed", "Healthy"], seconds);
  await activated(client, seconds);
  for (const xrd of await client.list({
    apiVersion: "apiextensions.crossplane.io/v2",
    kind: "CompositeResourceDefinition",
  })) {
    await conditionsTrue(client, xrd, ["Established"], seconds);
  }
}

/** Waits until what activation policies name is served. Those name plurals with their groups, without wildcards. */
async function activated(client: Client, seconds: number): Promise<void> {
  const policies = await client.list({
    apiVersion: "apiextensions.crossplane.io/v1alpha1",
    kind: "ManagedResourceActivationPolicy",
  });
  const names = policies.flatMap(({ spec }) => (spec as { readonly activate: readonly string[] }).activate);
  for (const name of names) {
    const crd: Resource = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name },
    };
    await conditionsTrue(client, crd, ["Established"], seconds);
  }
}
