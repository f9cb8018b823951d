import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tools } from "../tools/index.js";
import { freePort } from "../tools/port.js";
import { type RunningProcess, startProcess } from "../tools/process.js";
import { type ApiAddress, isServing } from "./transport.js";

export interface ApiServer extends ApiAddress {
  /** Stops it and removes all that it stored. */
  stop(): Promise<void>;
}

/**
 * A real API server with nothing in it, on loopback: etcd and kube-apiserver, ready in a few seconds. No controllers
 * run, so nothing is collected and Deployments stay as they are written.
 */
export async function startApiServer(): Promise<ApiServer> {
  const programs = await tools(["etcd", "kube-apiserver"]);
  const folder = await mkdtemp(join(tmpdir(), "trimtab-api-server-"));
  const started: RunningProcess[] = [];
  const stop = async () => {
    for (const running of started.toReversed()) await running.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const storage = `http://127.0.0.1:${await freePort()}`;
    started.push(startEtcd(programs.etcd, folder, storage, `http://127.0.0.1:${await freePort()}`));
    const port = await freePort();
    const token = await writeCredentials(folder);
    const apiServer = startKubeApiServer(programs["kube-apiserver"], folder, storage, port);
    started.push(apiServer);
    const address = async () => ({
      url: `https://127.0.0.1:${port}`,
      ca: await readFile(certificate(folder), "utf8"),
      token,
    });
    await apiServer.until(
      "kube-apiserver",
      async () => existsSync(certificate(folder)) && isServing(await address()),
      60,
    );
    return { ...(await address()), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startEtcd(program: string, folder: string, storage: string, peers: string): RunningProcess {
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
  return startProcess(program, args, { log: join(folder, "etcd.log") });
}

function startKubeApiServer(program: string, folder: string, storage: string, port: number): RunningProcess {
  const args = [
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
    `--service-account-key-file=${join(folder, "service-accounts.key")}`,
    `--service-account-signing-key-file=${join(folder, "service-accounts.key")}`,
    "--service-cluster-ip-range=10.96.0.0/16",
  ];
  return startProcess(program, args, { log: join(folder, "kube-apiserver.log") });
}

/** kube-apiserver signs a certificate for itself when it is given none. */
const certificate = (folder: string) => join(folder, "apiserver.crt");

/** Writes what kube-apiserver knows its users by. Returns the administrator's token. */
async function writeCredentials(folder: string): Promise<string> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await writeFile(join(folder, "service-accounts.key"), privateKey.export({ type: "sec1", format: "pem" }));
  const token = randomBytes(16).toString("hex");
  await writeFile(join(folder, "tokens.csv"), `${token},admin,admin,system:masters\n`);
  return token;
}
