import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tools } from "../tools/index.js";
import { freePort } from "../tools/port.js";
import { type Component, component } from "../tools/process.js";
import { type ApiAddress, isServing } from "./transport.js";

export interface ApiServerOptions {
  /** Where logs, keys and data lie. Default: a temporary folder, which is removed at the end. */
  readonly folder?: string;
  /** Who may log in beside the administrator, by user name: the groups. Default: nobody. */
  readonly users?: Readonly<Record<string, readonly string[]>>;
  /** An audit policy (audit.k8s.io/v1); what it says is noted is in `audit.log` of the folder. Default: nothing is noted. */
  readonly auditPolicy?: string;
}

export interface ApiServer extends ApiAddress {
  readonly folder: string;
  readonly etcd: Component;
  readonly server: Component;
  /** What a user logs in with. @throws Error for one that is not known */
  addressOf(user: string): ApiAddress;
  /** Stops it and removes all that it stored, if the folder is a temporary one. */
  stop(): Promise<void>;
}

/**
 * A real API server with nothing in it, on loopback: etcd and kube-apiserver, ready in a few seconds. No controllers
 * run, so nothing is collected and Deployments stay as they are written.
 */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const programs = await tools(["etcd", "kube-apiserver"]);
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "trimtab-api-server-")));
  const started: Component[] = [];
  const stop = async () => {
    for (const each of started.toReversed()) await each.stop();
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const storage = `http://127.0.0.1:${await freePort()}`;
    const etcd = etcdOf(programs.etcd, folder, storage, `http://127.0.0.1:${await freePort()}`);
    started.push(etcd);
    await etcd.start();
    const port = await freePort();
    const tokens = await writeCredentials(folder, options.users ?? {});
    const address = async (user = "admin") => ({
      url: `https://127.0.0.1:${port}`,
      ca: await readFile(certificate(folder), "utf8"),
      token: tokens.get(user) ?? "",
    });
    const server = component({
      name: "kube-apiserver",
      program: programs["kube-apiserver"],
      args: [...apiServerArgs(folder, storage, port), ...(await auditArgs(folder, options.auditPolicy))],
      folder,
      isReady: async () => existsSync(certificate(folder)) && isServing(await address()),
      seconds: 60,
    });
    started.push(server);
    await server.start();
    const admin = await address();
    const addressOf = (user: string) => {
      const token = tokens.get(user);
      if (token === undefined) throw new Error(`cannot log in as ${user}: there are ${[...tokens.keys()].join(", ")}`);
      return { ...admin, token };
    };
    return { ...admin, folder, etcd, server, addressOf, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function etcdOf(program: string, folder: string, storage: string, peers: string): Component {
  const args = [
    "--unsafe-no-fsync",
    "--log-level=warn",
    `--data-dir=${join(folder, "etcd")}`,
    `--listen-client-urls=${storage}`,
    `--advertise-client-urls=${storage}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
  ];
  // kube-apiserver waits for it.
  return component({ name: "etcd", program, args, folder, isReady: () => true });
}

function apiServerArgs(folder: string, storage: string, port: number): readonly string[] {
  return [
    `--etcd-servers=${storage}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${port}`,
    "--endpoint-reconciler-type=none",
    `--cert-dir=${folder}`,
    "--authorization-mode=RBAC",
    `--token-auth-file=${join(folder, "tokens.csv")}`,
    "--disable-admission-plugins=ServiceAccount",
    "--service-account-issuer=https://cluster.test",
    `--service-account-key-file=${serviceAccountKey(folder)}`,
    `--service-account-signing-key-file=${serviceAccountKey(folder)}`,
    "--service-cluster-ip-range=10.96.0.0/16",
  ];
}

async function auditArgs(folder: string, policy: string | undefined): Promise<readonly string[]> {
  if (policy === undefined) return [];
  await writeFile(join(folder, "audit-policy.yaml"), policy);
  return [`--audit-policy-file=${join(folder, "audit-policy.yaml")}`, `--audit-log-path=${join(folder, "audit.log")}`];
}

/** The key that signs the tokens of ServiceAccounts. */
export const serviceAccountKey = (folder: string) => join(folder, "service-accounts.key");

/** kube-apiserver signs a certificate for itself when it is given none. */
const certificate = (folder: string) => join(folder, "apiserver.crt");

/** Writes what kube-apiserver knows its users by. Returns their tokens. */
async function writeCredentials(
  folder: string,
  users: Readonly<Record<string, readonly string[]>>,
): Promise<ReadonlyMap<string, string>> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await writeFile(serviceAccountKey(folder), privateKey.export({ type: "sec1", format: "pem" }));
  const tokens = new Map<string, string>();
  const lines = Object.entries({ admin: ["system:masters"], ...users }).map(([user, groups]) => {
    const token = randomBytes(16).toString("hex");
    tokens.set(user, token);
    return `${token},${user},${user},"${groups.join(",")}"\n`;
  });
  await writeFile(join(folder, "tokens.csv"), lines.join(""));
  return tokens;
}
