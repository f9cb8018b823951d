import { appendFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type CRD } from "../../support/provider-crds.js";
import { tools } from "../../tools/index.js";
import { baseImage } from "../base-image/index.js";
import { startStandInCloud } from "../cloud/stand-in-cloud.js";
import { buildPackages } from "../packages/build.js";
import { type InstalledPlane, startInstalledPlane } from "../start-installed-plane.js";
import { DEVELOPER, developer } from "./developer.js";
import { followFaults } from "./follow-faults.js";
import { Parts } from "./parts.js";
import { timelineLine } from "./timeline-line.js";

export interface ClusterOptions {
  /** Where logs, keys and data lie. What is there is removed first. */
  readonly folder: string;
  /** Of the providers that XBucket depends on. */
  readonly crds: readonly CRD[];
  /** Is told what is being done, and how long it took. */
  say(line: string): void;
}

/** A control plane for a person to use, with one namespace. */
export interface Cluster extends Pick<InstalledPlane, "folder" | "kubeconfig"> {
  /** The host and port of its registry. */
  readonly registry: string;
  /** The layout of a base image for functions, which needs no network. */
  readonly base: string;
  /** The folder of the programs. */
  readonly bin: string;
  readonly namespace: string;
  /** Who may use XBuckets in that namespace, and nothing elsewhere. */
  readonly developer: string;
  /** What happens is written there, a line for each thing. */
  readonly timeline: string;
  /** What is written there goes wrong in the cloud. */
  readonly faults: string;
  stop(): Promise<void>;
}

const NAMESPACE = "payments";

/** Builds what there is to build, and starts a control plane with this project's packages and a stand-in for AWS. */
export async function startCluster({ folder, crds, say }: ClusterOptions): Promise<Cluster> {
  const parts = new Parts();
  say("building the tools and the packages, where they have changed, and starting; the first time this takes minutes");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { kubectl } = await tools(["kubectl", "crossplane", "crossplane-core", "etcd", "kube-apiserver"]);
  parts.done("tools");
  const plane = await startInstalledPlane({
    folder,
    crds,
    packages: built(join(folder, "built")),
    isLeastPrivileged: true,
    onPart: (part) => parts.done(part),
  });
  for (const object of developer(NAMESPACE)) await plane.client.apply(object);
  const timeline = join(folder, "timeline.log");
  await writeFile(timeline, "");
  let isUp = false;
  const cloud = startStandInCloud({
    client: plane.client,
    hub: plane.hub,
    // What there is already has not happened.
    onHappening: (happening) => isUp && appendFileSync(timeline, timelineLine(happening, new Date())),
  });
  isUp = true;
  const faults = join(folder, "faults.yaml");
  const unfollow = followFaults(faults, { tell: cloud.setFaults, say });
  say(parts.text());
  return {
    folder,
    kubeconfig: plane.kubeconfig,
    registry: plane.registry.host,
    base: await baseImage(),
    bin: dirname(kubectl),
    namespace: NAMESPACE,
    developer: DEVELOPER,
    timeline,
    faults,
    async stop() {
      unfollow();
      cloud.stop();
      await plane.stop();
    },
  };
}

async function built(folder: string): Promise<string> {
  await buildPackages(folder, { base: await baseImage(), version: "v0.1.0" });
  return folder;
}
