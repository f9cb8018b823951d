import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { type Resource } from "../../../src/resource/resource.js";
import { type Client } from "../../cluster/client.js";
import { crossplaneSource, tools } from "../../tools/index.js";
import { freePort } from "../../tools/port.js";
import { type Component, component } from "../../tools/process.js";
import { SYSTEM } from "./chart.js";

export interface CrossplaneOptions {
  /** As an administrator. */
  readonly client: Client;
  readonly folder: string;
  /** Of who makes the cluster ready. */
  readonly adminKubeconfig: string;
  /** Of Crossplane itself. */
  readonly kubeconfig: string;
  /** What it has for /etc/hosts: functions are found there. */
  readonly hostsFile: string;
  /** For the core's command line, such as `--debug`. Default: none. */
  readonly flags?: readonly string[];
}

/** Crossplane's core. */
export interface Crossplane extends Component {
  /** One of its metrics, over all labels: `function_run_function_request_total`. 0 where there is none yet. */
  metric(name: string): Promise<number>;
}

/**
 * Makes a cluster ready for Crossplane, as its chart and its init container do. Managed kinds start inactive: what a
 * Configuration composes, its own activation policy turns on.
 *
 * @returns the core, to be started
 */
export async function prepareCrossplane(options: CrossplaneOptions): Promise<Crossplane> {
  const { client, folder } = options;
  const { "crossplane-core": program } = await tools(["crossplane-core"]);
  const webhookPort = await freePort();
  for (const object of OBJECTS) await client.apply(object);
  await initialize(program, webhookPort, options);
  const server = await writeSecret(client, "crossplane-tls-server", join(folder, "tls/server"));
  const clients = await writeSecret(client, "crossplane-tls-client", join(folder, "tls/client"));
  await mkdir(join(folder, "packages"), { recursive: true });
  const resolv = join(folder, "resolv.conf");
  await writeFile(resolv, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
  const health = await freePort();
  const metrics = await freePort();
  const core = component({
    name: "crossplane",
    program: "unshare",
    // It has a hosts file of its own: the machine's stays as it is. No name is looked up elsewhere.
    args: [
      ...["--mount", "sh", "-c", 'mount --bind "$0" /etc/hosts; mount --bind "$1" /etc/resolv.conf; shift; exec "$@"'],
      ...[options.hostsFile, resolv, program, "core", "start"],
      "--package-runtime=Deployment",
      `--xpkg-cache-dir=${join(folder, "packages")}`,
      `--webhook-port=${webhookPort}`,
      `--metrics-port=${metrics}`,
      `--health-probe-port=${health}`,
      `--tls-server-certs-dir=${server}`,
      "--tls-server-secret-name=crossplane-tls-server",
      `--tls-client-certs-dir=${clients}`,
      "--tls-client-secret-name=crossplane-tls-client",
      ...(options.flags ?? []),
    ],
    folder,
    env: { KUBECONFIG: options.kubeconfig },
    isReady: () => isServing(`http://127.0.0.1:${health}/readyz`),
    seconds: 60,
  });
  return {
    ...core,
    // A component's own, which the copy would have frozen.
    get pid() {
      return core.pid;
    },
    metric: async (name) => sumOf(await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text(), name),
  };
}

/** The samples of a counter or gauge, whatever their labels, added up. */
function sumOf(metrics: string, name: string): number {
  const samples = metrics.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return samples.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

const WEBHOOKS = "crossplane-webhooks";

const OBJECTS: readonly Resource[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: SYSTEM } },
  ...["crossplane", "rbac-manager"].map((name) => inSystem("ServiceAccount", name)),
  ...["crossplane-root-ca", "crossplane-tls-server", "crossplane-tls-client"].map((name) => inSystem("Secret", name)),
  // By such a Service the API server reaches a webhook on this machine, without a kube-proxy.
  { ...inSystem("Service", WEBHOOKS), spec: { type: "ExternalName", externalName: "localhost" } },
];

function inSystem(kind: string, name: string): Resource {
  return { apiVersion: "v1", kind, metadata: { name, namespace: SYSTEM } };
}

/** The first time it fails, since Locks are not served yet; its Pod would be started again, too. */
async function initialize(program: string, webhookPort: number, { adminKubeconfig }: CrossplaneOptions): Promise<void> {
  const source = await crossplaneSource();
  const args = [
    "core",
    "init",
    `--cr-ds-path=${join(source, "cluster/crds")}`,
    `--webhook-configurations-path=${join(source, "cluster/webhookconfigurations")}`,
    `--webhook-service-name=${WEBHOOKS}`,
    `--webhook-service-namespace=${SYSTEM}`,
    `--webhook-service-port=${webhookPort}`,
    "--tlsca-secret-name=crossplane-root-ca",
    "--tls-client-secret-name=crossplane-tls-client",
    "--tls-server-secret-name=crossplane-tls-server",
  ];
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await promisify(execFile)(program, args, { env: { ...process.env, KUBECONFIG: adminKubeconfig } });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(200);
    }
  }
}

/** Writes the files of a TLS Secret. Returns their folder. */
async function writeSecret(client: Client, name: string, folder: string): Promise<string> {
  const { data } = await client.read(inSystem("Secret", name));
  await mkdir(folder, { recursive: true });
  for (const [file, value] of Object.entries(data as Readonly<Record<string, string>>)) {
    await writeFile(join(folder, file), Buffer.from(value, "base64"), { mode: 0o600 });
  }
  return folder;
}

async function isServing(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => undefined);
  return answer?.ok ?? false;
}
