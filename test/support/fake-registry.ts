import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** What goes wrong with requests whose "METHOD path" matches. */
export interface Fault {
  readonly on: RegExp;
  /** How often. Default: once. */
  readonly times?: number;
  /**
   * `reset`: the connection breaks while the request is read. `lost`: it is done, and nobody hears of it. `half`: the
   * connection breaks in the middle of the answer.
   */
  readonly does: "reset" | "lost" | "half" | Answer;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export interface FakeRegistryOptions {
  /** Default: anybody may do anything. `identity` takes an identity token, the password, by POST. */
  readonly login?: {
    readonly by: "basic" | "bearer" | "identity";
    readonly username: string;
    readonly password: string;
  };
  /** For how many requests a token is good. Default: for all. */
  readonly tokenLasts?: number;
  /** `ignored` begins an upload instead, as the specification lets registries do. Default: done. */
  readonly mounts?: "done" | "ignored" | "refused";
  /** Blobs are read from another origin. Default: false. */
  readonly redirects?: boolean;
  readonly faults?: readonly Fault[];
  /** A folder of tls.crt and tls.key. Default: no TLS. */
  readonly tls?: string;
}

export interface SeenRequest {
  /** "METHOD path". */
  readonly line: string;
  readonly authorization: string | undefined;
  readonly bytes: number;
}

/** A registry in this process, gone once the test is over. */
export interface FakeRegistry {
  readonly host: string;
  readonly requests: readonly SeenRequest[];
  /** What the other origin was asked, where blobs are read from one. */
  readonly elsewhere: readonly SeenRequest[];
  /** By `repository@digest`. */
  readonly blobs: Map<string, Buffer>;
  /** By `repository:tag` and `repository@digest`. */
  readonly manifests: Map<string, { readonly bytes: Buffer; readonly type: string }>;
  /** Requests, from here on, that match. */
  count(pattern: RegExp): number;
}

export async function startFakeRegistry(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const requests: SeenRequest[] = [];
  const elsewhere: SeenRequest[] = [];
  const contents = { blobs: new Map<string, Buffer>(), manifests: new Map<string, { bytes: Buffer; type: string }>() };
  const faults = (options.faults ?? []).map((fault) => ({ ...fault, left: fault.times ?? 1 }));

  const storage = await listen((request, response) => {
    elsewhere.push({ line: lineOf(request), authorization: request.headers.authorization, bytes: 0 });
    send(response, blobAnswer(request, contents.blobs.get(decodeURIComponent(request.url?.slice(1) ?? ""))));
  });
  const answer = answers(options, contents, storage);
  const host = await listen(async (request, response) => {
    const fault = faults.find(({ on, left }) => left > 0 && on.test(lineOf(request)));
    if (fault !== undefined) fault.left--;
    if (fault?.does === "reset") return reset(request);
    const body = await buffer(request);
    requests.push({ line: lineOf(request), authorization: request.headers.authorization, bytes: body.length });
    const answered = typeof fault?.does === "object" ? fault.does : answer(request, body);
    if (fault?.does === "lost") return void request.socket.destroy();
    if (fault?.does === "half") return sendHalf(response, answered);
    send(response, answered);
  }, options.tls);
  return {
    host,
    requests,
    elsewhere,
    ...contents,
    count: (pattern) => requests.filter(({ line }) => pattern.test(line)).length,
  };
}

async function listen(listener: RequestListener, tls?: string): Promise<string> {
  const server = (tls === undefined ? createServer(listener) : createSecureServer(secrets(tls), listener)).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function secrets(folder: string) {
  return { cert: readFileSync(join(folder, "tls.crt")), key: readFileSync(join(folder, "tls.key")) };
}

function lineOf({ method, url }: IncomingMessage): string {
  return `${method} ${url}`;
}

function reset(request: IncomingMessage): void {
  if (request.headers["content-length"] === undefined) return void request.socket.destroy();
  request.once("data", () => request.socket.destroy());
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}

function sendHalf(response: ServerResponse, { status, headers = {}, body = "" }: Answer): void {
  response.writeHead(status, { ...headers, "content-length": body.length });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

interface Contents {
  readonly blobs: Map<string, Buffer>;
  readonly manifests: Map<string, { bytes: Buffer; type: string }>;
}

function answers(options: FakeRegistryOptions, { blobs, manifests }: Contents, storage: string) {
  const uploads = new Set<string>();
  const tokens = new Map<string, number>();

  return (request: IncomingMessage, body: Buffer): Answer => {
    const url = new URL(request.url ?? "", `http://${request.headers.host}`);
    if (url.pathname === "/token") return tokenAnswer(request, url, body);
    const refused = refuse(request, url);
    if (refused !== undefined) return refused;
    if (url.pathname === "/v2/") return { status: 200 };
    const [, repository = "", kind, name = ""] =
      /^\/v2\/(.+)\/(blobs\/uploads|blobs|manifests|tags)\/(.*)$/.exec(url.pathname) ?? [];
    if (kind === "manifests") return manifestAnswer(request, repository, name, body);
    if (kind === "tags") return tagsAnswer(repository, url);
    if (kind === "blobs/uploads") return uploadAnswer(request, repository, name, url, body);
    const key = `${repository}@${name}`;
    if (request.method === "GET" && options.redirects && blobs.has(key)) {
      return { status: 307, headers: { location: `http://${storage}/${encodeURIComponent(key)}` } };
    }
    return blobAnswer(request, blobs.get(key));
  };

  function refuse({ headers: { authorization = "", host } }: IncomingMessage, { pathname }: URL): Answer | undefined {
    const { login } = options;
    if (login === undefined) return undefined;
    if (login.by === "basic" && authorization === basicOf(login)) return undefined;
    const [, token = ""] = authorization.split("Bearer ");
    const left = tokens.get(token) ?? 0;
    tokens.set(token, left - 1);
    if (left > 0) return undefined;
    const [, repository] = /^\/v2\/(.+)\/(blobs|manifests|tags)\//.exec(pathname) ?? [];
    const scope = repository === undefined ? "" : `,scope="repository:${repository}:pull"`;
    const bearer = `Bearer realm="http://${host}/token",service="fake, of course"${scope}`;
    return problem(401, "UNAUTHORIZED", "authentication required", {
      "www-authenticate": login.by === "basic" ? 'Basic realm="fake"' : bearer,
    });
  }

  function tokenAnswer(request: IncomingMessage, url: URL, body: Buffer): Answer {
    const { login, tokenLasts = Number.POSITIVE_INFINITY } = options;
    const form = new URLSearchParams(body.toString());
    const isKnown =
      login?.by === "identity"
        ? form.get("refresh_token") === login.password
        : request.headers.authorization === (login && basicOf(login));
    if (!isKnown) return problem(401, "UNAUTHORIZED", "incorrect username or password");
    const asked = login?.by === "identity" ? form.get("service") : url.searchParams.get("service");
    if (asked !== "fake, of course") return problem(400, "UNSUPPORTED", `service ${asked}`);
    const token = `token-${tokens.size}`;
    tokens.set(token, tokenLasts);
    return { status: 200, body: JSON.stringify({ token }) };
  }

  function manifestAnswer(request: IncomingMessage, repository: string, name: string, body: Buffer): Answer {
    const key = name.startsWith("sha256:") ? `${repository}@${name}` : `${repository}:${name}`;
    if (request.method === "PUT") {
      const missing = referred(body).find(
        (digest) => !blobs.has(`${repository}@${digest}`) && !manifests.has(`${repository}@${digest}`),
      );
      if (missing !== undefined) return problem(400, "MANIFEST_BLOB_UNKNOWN", `blob unknown to registry: ${missing}`);
      const manifest = { bytes: body, type: request.headers["content-type"] ?? "" };
      manifests.set(key, manifest);
      manifests.set(`${repository}@${digestOf(body)}`, manifest);
      return { status: 201, headers: { "docker-content-digest": digestOf(body) } };
    }
    const found = manifests.get(key);
    if (found === undefined) return problem(404, "MANIFEST_UNKNOWN", "manifest unknown");
    if (request.headers.accept?.includes(found.type) !== true) return problem(404, "MANIFEST_UNKNOWN", "not accepted");
    const headers = {
      "content-type": found.type,
      "docker-content-digest": digestOf(found.bytes),
      "content-length": String(found.bytes.length),
    };
    return { status: 200, headers, ...(request.method === "GET" && { body: found.bytes }) };
  }

  function tagsAnswer(repository: string, url: URL): Answer {
    const all = [...manifests.keys()]
      .filter((key) => key.startsWith(`${repository}:`))
      .map((key) => key.slice(repository.length + 1));
    if (all.length === 0) return problem(404, "NAME_UNKNOWN", "repository name not known to registry");
    const last = url.searchParams.get("last");
    const start = last === null ? 0 : all.indexOf(last) + 1;
    const tags = all.slice(start, start + 2);
    const next = `</v2/${repository}/tags/list?n=2&last=${tags.at(-1)}>; rel="next"`;
    return {
      status: 200,
      headers: start + 2 < all.length ? { link: next } : {},
      body: JSON.stringify({ name: repository, tags }),
    };
  }

  function uploadAnswer(request: IncomingMessage, repository: string, name: string, url: URL, body: Buffer): Answer {
    const digest = url.searchParams.get("digest") ?? "";
    if (request.method === "PUT") {
      if (!uploads.delete(`${repository}/${name}`))
        return problem(404, "BLOB_UPLOAD_UNKNOWN", "upload unknown to registry");
      if (digestOf(body) !== digest)
        return problem(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
      blobs.set(`${repository}@${digest}`, body);
      return { status: 201 };
    }
    const mounted = url.searchParams.get("mount");
    const source = blobs.get(`${url.searchParams.get("from")}@${mounted}`);
    if (mounted !== null && options.mounts === "refused")
      return problem(405, "UNSUPPORTED", "mounts are not supported");
    if (mounted !== null && options.mounts !== "ignored" && source !== undefined) {
      blobs.set(`${repository}@${mounted}`, source);
      return { status: 201 };
    }
    const upload = `upload-${uploads.size}-${Math.random()}`;
    uploads.add(`${repository}/${upload}`);
    return { status: 202, headers: { location: `/v2/${repository}/blobs/uploads/${upload}?_state=of%20it` } };
  }
}

function blobAnswer({ method, headers: { range } }: IncomingMessage, bytes: Buffer | undefined): Answer {
  if (bytes === undefined) return problem(404, "BLOB_UNKNOWN", "blob unknown to registry");
  if (method === "HEAD") return { status: 200, headers: { "content-length": String(bytes.length) } };
  if (range === undefined) return { status: 200, body: bytes };
  const start = Number(/^bytes=(\d+)-$/.exec(range)?.[1]);
  const headers = { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
  return { status: 206, headers, body: bytes.subarray(start) };
}

function referred(manifest: Buffer): readonly string[] {
  const { config, layers = [], manifests = [] } = JSON.parse(manifest.toString());
  return [...(config === undefined ? [] : [config]), ...layers, ...manifests].map(({ digest }) => digest);
}

function problem(status: number, code: string, message: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: JSON.stringify({ errors: [{ code, message }] }) };
}

function basicOf({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
