import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiServer, serviceAccountKey, startApiServer } from "../../cluster/api-server.js";
import { Client } from "../../cluster/client.js";
import { type ApiAddress } from "../../cluster/transport.js";
import { tools } from "../../tools/index.js";
import { freePort } from "../../tools/port.js";
import { type Component, component } from "../../tools/process.js";
import { type Kubelet, startKubelet } from "../kubelet/index.js";
import { AUDIT_POLICY } from "./audit.js";
import { chartRoles, SERVICE_ACCOUNT_GROUPS, serviceAccount } from "./chart.js";
import { collectLogs } from "./collect-logs.js";
import { type Crossplane, prepareCrossplane } from "./crossplane.js";
import { writeKubeconfig } from "./kubeconfig.js";
import { rbacManager } from "./rbac-manager.js";
import { type Registry, startRegistry } from "./registry.js";

export interface ControlPlaneOptions {
  /** Where logs, keys and data lie. Default: a temporary folder. */
  readonly folder?: string;
  /**
   * Whether Crossplane has the rights that its chart gives it and no others, and its RBAC manager runs; otherwise it is an
   * administrator. Default: false.
   */
  readonly isLeastPrivileged?: boolean;
  /** The first three numbers of the addresses of functions; another one for each control plane. Default: 127.77.0. */
  readonly net?: string;
  /** For the core's command line. Default: none. */
  readonly flags?: readonly string[];
}

/** A real Crossplane on this machine, on loopback. */
export interface ControlPlane {
  readonly folder: string;
  /** As an administrator. */
  readonly address: ApiAddress;
  readonly client: Client;
  readonly kubeconfig: string;
  readonly apiServer: ApiServer;
  readonly controllerManager: Component;
  readonly crossplane: Crossplane;
  readonly registry: Registry;
  readonly kubelet: Kubelet;
  /** Stops all of it, the last that was started first. Logs stay where the folder was given, or `keepLogs` is said. */
  stop(keepLogs?: boolean): Promise<void>;
}

/** Starts etcd, kube-apiserver, kube-controller-manager, a registry, Crossplane, and what stands in for a kubelet. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const { isLeastPrivileged = false, net = "127.77.0", flags = [] } = options;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "trimtab-control-plane-")));
  await mkdir(folder, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async (keepLogs = options.folder !== undefined) => {
    for (const each of stops.splice(0).reverse()) await each();
    await collectLogs(folder);
    if (!keepLogs) await rm(folder, { recursive: true, force: true });
  };
  try {
    const [registry, apiServer] = await Promise.all([
      startRegistry(join(folder, "registry")),
      startApiServer({ folder, auditPolicy: AUDIT_POLICY, users: USERS }),
    ]);
    stops.push(
      () => registry.stop(),
      () => apiServer.stop(),
    );
    const admin = apiServer.addressOf("admin");
    const client = new Client(admin);
    const kubeconfig = await writeKubeconfig(join(folder, "kubeconfig"), admin);
    const kubeconfigOf = (name: string) =>
      isLeastPrivileged
        ? writeKubeconfig(join(folder, `${name}.kubeconfig`), apiServer.addressOf(serviceAccount(name)))
        : kubeconfig;
    const controllerManager = await controllerManagerOf(folder, kubeconfig);
    stops.push(() => controllerManager.stop());
    await controllerManager.start();
    const kubelet = await startKubelet({ api: admin, folder: join(folder, "kubelet"), net });
    stops.push(() => kubelet.stop());
    const crossplane = await prepareCrossplane({
      client,
      folder,
      adminKubeconfig: kubeconfig,
      kubeconfig: await kubeconfigOf("crossplane"),
      hostsFile: kubelet.hostsFile,
      flags,
    });
    stops.push(() => crossplane.stop());
    if (isLeastPrivileged) {
      for (const role of await chartRoles()) await client.apply(role);
      const manager = await rbacManager({ folder, kubeconfig: await kubeconfigOf("rbac-manager"), url: admin.url });
      stops.push(() => manager.stop());
      await manager.start();
    }
    await crossplane.start();
    return {
      folder,
      address: admin,
      client,
      kubeconfig,
      apiServer,
      controllerManager,
      crossplane,
      registry,
      kubelet,
      stop,
    };
  } catch (error) {
    await stop(true);
    throw new Error(`cannot start the control plane; its logs are in ${folder}`, { cause: error });
  }
}

const USERS = Object.fromEntries(
  ["crossplane", "rbac-manager"].map((name) => [serviceAccount(name), SERVICE_ACCOUNT_GROUPS]),
);

async function controllerManagerOf(folder: string, kubeconfig: string): Promise<Component> {
  const { "kube-controller-manager": program } = await tools(["kube-controller-manager"]);
  const port = await freePort();
  return component({
    name: "kube-controller-manager",
    program,
    args: [
      `--kubeconfig=${kubeconfig}`,
      "--leader-elect=false",
      `--cert-dir=${join(folder, "kube-controller-manager")}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      "--controllers=garbagecollector,namespace,serviceaccount,clusterrole-aggregation",
      `--service-account-private-key-file=${serviceAccountKey(folder)}`,
    ],
    folder,
    isReady: () => true,
  });
}
