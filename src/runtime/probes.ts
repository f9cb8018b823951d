import { createServer, type ServerResponse } from "node:http";
import { listenAt } from "./listen-at.js";

export interface ProbesOptions {
  /** Host and port. */
  readonly address: string;
  /** Whether calls are taken. */
  isReady(): boolean;
  /** What `/metrics` answers. Default: that there is no such page. */
  readonly metrics?: { readonly contentType: string; text(): Promise<string> } | undefined;
}

export interface Probes {
  /** Host and port. */
  readonly address: string;
  close(): void;
}

/**
 * Answers over plain HTTP, to everybody who reaches the address: `/healthz` with 200 while the process gets round to answering
 * at all, `/readyz` with 200 or 503, and `/metrics` where there are some. It says nothing else.
 *
 * @throws Error that names the address and says why, where it cannot listen
 */
export async function serveProbes({ address, isReady, metrics }: ProbesOptions): Promise<Probes> {
  const server = createServer(LIMITS, ({ url, method }, response) => {
    const isProbe = method === "GET" || method === "HEAD";
    if (!isProbe) say(response, 405);
    else if (url === "/metrics" && metrics !== undefined) void tell(response, metrics);
    else say(response, codeOf(url, isReady));
  });
  server.maxConnections = 100;
  const port = await listenAt(server, address);
  return {
    address: address.replace(/\d+$/, String(port)),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** In milliseconds, since whoever asks has little to say. */
const LIMITS = { headersTimeout: 5000, requestTimeout: 5000, connectionsCheckingInterval: 1000 } as const;

async function tell(response: ServerResponse, metrics: NonNullable<ProbesOptions["metrics"]>): Promise<void> {
  try {
    const text = await metrics.text();
    response.writeHead(200, { "content-type": metrics.contentType, connection: "close" }).end(text);
  } catch {
    say(response, 500);
  }
}

function say(response: ServerResponse, code: keyof typeof TEXTS): void {
  response.writeHead(code, { "content-type": "text/plain", connection: "close" }).end(`${TEXTS[code]}\n`);
}

function codeOf(url: string | undefined, isReady: () => boolean): 200 | 404 | 503 {
  if (url === "/healthz") return 200;
  if (url !== "/readyz") return 404;
  return isReady() ? 200 : 503;
}

const TEXTS = {
  200: "ok",
  404: "not found",
  405: "method not allowed",
  500: "cannot measure",
  503: "not ready",
} as const;
