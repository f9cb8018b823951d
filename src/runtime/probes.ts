import { createServer } from "node:http";
import { listenAt } from "./listen-at.js";

export interface ProbesOptions {
  /** Host and port. */
  readonly address: string;
  /** Whether calls are taken. */
  isReady(): boolean;
}

export interface Probes {
  /** Host and port. */
  readonly address: string;
  close(): void;
}

/**
 * Answers the probes of a kubelet over plain HTTP, to everybody who reaches the address: `/healthz` with 200 while the process
 * gets round to answering at all, `/readyz` with 200 or 503. It says nothing else.
 *
 * @throws Error that names the address and says why, where it cannot listen
 */
export async function serveProbes({ address, isReady }: ProbesOptions): Promise<Probes> {
  const server = createServer(({ url, method }, response) => {
    const isProbe = method === "GET" || method === "HEAD";
    const code = isProbe ? codeOf(url, isReady) : 405;
    response.writeHead(code, { "content-type": "text/plain", connection: "close" }).end(`${TEXTS[code]}\n`);
  });
  const port = await listenAt(server, address);
  return {
    address: address.replace(/\d+$/, String(port)),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function codeOf(url: string | undefined, isReady: () => boolean): 200 | 404 | 503 {
  if (url === "/healthz") return 200;
  if (url !== "/readyz") return 404;
  return isReady() ? 200 : 503;
}

const TEXTS = { 200: "ok", 404: "not found", 405: "method not allowed", 503: "not ready" } as const;
