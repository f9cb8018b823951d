import { once } from "node:events";
import { rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { fileURLToPath } from "node:url";
import { tools } from "../../tools/index.js";
import { type Component, component } from "../../tools/process.js";

export interface RBACManagerOptions {
  /** For its log. */
  readonly folder: string;
  readonly kubeconfig: string;
  /** The API server's, on loopback. */
  readonly url: string;
}

/**
 * Crossplane's RBAC manager, to be started. It takes port 8080 whatever it is told, and so it has a network of its own, where
 * the API server has the same address as here.
 */
export async function rbacManager(options: RBACManagerOptions): Promise<Pick<Component, "start" | "stop">> {
  const { folder, kubeconfig, url } = options;
  const { "crossplane-core": program } = await tools(["crossplane-core"]);
  const socket = join(folder, "rbac-manager.socket");
  const port = Number(new URL(url).port);
  const manager = component({
    name: "rbac-manager",
    program: "unshare",
    args: [
      ...["--net", process.execPath, fileURLToPath(new URL("own-network.mjs", import.meta.url)), socket, String(port)],
      ...[program, "rbac", "start", "--provider-clusterrole=crossplane:allowed-provider-permissions"],
    ],
    folder,
    env: { KUBECONFIG: kubeconfig },
    isReady: () => true,
  });
  let way: Server | undefined;
  return {
    async start() {
      way ??= await wayOut(socket, port);
      await manager.start();
    },
    async stop() {
      await manager.stop();
      way?.close();
      way = undefined;
    },
  };
}

/** Leads whoever connects to a socket to a port. A socket's file is seen from any network. */
async function wayOut(socket: string, port: number): Promise<Server> {
  await rm(socket, { force: true });
  const server = createServer((inner) => {
    const outer = connect(port, "127.0.0.1");
    pipeline(inner, outer, inner, () => undefined);
  });
  server.listen(socket);
  await once(server, "listening");
  return server;
}
