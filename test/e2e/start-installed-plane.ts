import { parseReference, registry as registryClient } from "../../src/xpkg/oci/index.js";
import { type CRD } from "../support/provider-crds.js";
import { type Hub, startHub } from "./cloud/hub.js";
import { type StandInCloud, startStandInCloud } from "./cloud/stand-in-cloud.js";
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from "./control-plane/control-plane.js";
import { type PackageName, PUBLISHED, packageFiles, trimtab, type Version } from "./packages/build.js";
import { installConfiguration, mirror } from "./packages/install.js";
import { providerPackages } from "./packages/provider-packages.js";

export interface InstalledPlaneOptions extends ControlPlaneOptions {
  /** The folder of this project's packages; what is not built yet is waited for while the control plane starts. */
  readonly packages: string | Promise<string>;
  /** Those of the providers that XBucket depends on. */
  readonly crds: readonly CRD[];
  /** Is told of each part of starting, once it is done. Default: nobody. */
  onPart?(part: string): void;
}

/** A control plane with this project's Configuration, and nothing that takes care of managed resources yet. */
export interface InstalledPlane extends ControlPlane {
  readonly crds: readonly CRD[];
  readonly hub: Hub;
  /** Makes a namespace, with a stand-in for AWS of its own. */
  namespace(name: string, options?: { readonly speed?: number }): Promise<StandInCloud>;
  /** Pushes packages of a version to the registry. Default: all. */
  publish(version: Version, names?: readonly PackageName[]): Promise<void>;
}

/** Where the providers are published on which XBucket depends. */
const PROVIDERS = "xpkg.upbound.io";

/** The name that the Configuration is installed under. */
export const CONFIGURATION = "trimtab-configuration-xbucket";

/**
 * Starts a control plane and installs the Configuration from its registry, with all that it depends on: what any platform
 * team does.
 */
export async function startInstalledPlane(options: InstalledPlaneOptions): Promise<InstalledPlane> {
  const { crds, onPart = () => undefined, ...planeOptions } = options;
  const packages = Promise.resolve(options.packages);
  // That they could not be built is said where they are pushed.
  packages.catch(() => undefined);
  const plane = await startControlPlane(planeOptions);
  onPart("control plane");
  const clouds: StandInCloud[] = [];
  let hub: Hub | undefined;
  const stop = async (keepLogs?: boolean) => {
    for (const cloud of clouds) cloud.stop();
    hub?.stop();
    await plane.stop(keepLogs);
  };
  const publish = async (version: Version, names = Object.keys(PUBLISHED) as readonly PackageName[]) => {
    for (const name of names) {
      const files = packageFiles(await packages, name, version).join(",");
      await trimtab("xpkg", "push", "-f", files, `${mirrored(PUBLISHED[name], plane.registry.host)}:${version}`);
    }
  };
  try {
    await Promise.all([publish("v0.1.0"), publishProviders(plane, crds)]);
    onPart("packages");
    const hosts = [PROVIDERS, ...new Set(Object.values(PUBLISHED).map(hostOf))];
    for (const config of mirror(hosts, plane.registry.host)) await plane.client.apply(config);
    await installConfiguration(plane, CONFIGURATION, `${PUBLISHED["configuration-xbucket"]}:v0.1.0`);
    onPart("Configuration");
    hub = await startHub(plane);
  } catch (error) {
    await stop(true);
    throw new Error(`cannot install the Configuration; the logs are in ${plane.folder}`, { cause: error });
  }
  const watched = hub;
  return {
    ...plane,
    crds,
    hub: watched,
    stop,
    publish,
    async namespace(name, { speed } = {}) {
      await plane.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
      const cloud = startStandInCloud({ client: plane.client, hub: watched, namespace: name, ...(speed && { speed }) });
      clouds.push(cloud);
      return cloud;
    },
  };
}

async function publishProviders({ registry: { host } }: ControlPlane, crds: readonly CRD[]): Promise<void> {
  const { push } = registryClient();
  for (const { repository, version, image } of await providerPackages(PROVIDERS, crds)) {
    await push(image, parseReference(`${mirrored(`${PROVIDERS}/${repository}`, host)}:${version}`));
  }
}

const hostOf = (reference: string) => reference.slice(0, reference.indexOf("/"));
const mirrored = (reference: string, registry: string) =>
  `${registry}/mirror${reference.slice(reference.indexOf("/"))}`;
