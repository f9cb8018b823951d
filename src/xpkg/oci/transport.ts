import { reason } from "../../runtime/reason.js";
import { Passing, retryAfter } from "./retry.js";

/** How a request is sent: `fetch`, as far as it is needed here, with redirects left to the caller. */
export type Fetch = (url: string, request: FetchRequest) => Promise<Response>;

export interface FetchRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly redirect?: "manual";
}

export interface Request {
  readonly method: "GET" | "HEAD" | "POST" | "PUT";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/**
 * Sends a request and follows redirects, leaving Authorization behind where they lead to another origin, and never from
 * https to http. A failure of the network, 429 and what a server may get over are thrown as Passing; other answers are
 * returned.
 */
export async function send(fetch: Fetch, request: Request): Promise<Response> {
  let { url, headers = {} } = request;
  for (let redirects = 0; redirects <= 5; redirects++) {
    const response = await sendOnce(fetch, { ...request, url, headers });
    const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
    if (location === null) return response;
    await drop(response);
    const next = new URL(location, url);
    if (next.origin !== url.origin) headers = withoutAuthorization(headers);
    if (url.protocol === "https:" && next.protocol !== "https:") {
      throw new Error(`${url.host} redirects to ${next.origin}, without TLS; tell whoever runs the registry`);
    }
    url = next;
  }
  throw new Error(`${request.url.host} redirects more than 5 times; tell whoever runs the registry`);
}

/** What an answer says is not wanted. It is read nevertheless where it is short: its connection then serves the next request. */
export async function drop(response: Response): Promise<void> {
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  await (length <= 1 << 16 ? response.arrayBuffer() : response.body?.cancel())?.catch(() => undefined);
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

async function sendOnce(fetch: Fetch, { method, url, headers = {}, body }: Request): Promise<Response> {
  const response = await attempt(fetch, url, {
    method,
    headers: { "user-agent": "trimtab", ...headers },
    redirect: "manual",
    ...(body !== undefined && { body }),
  });
  if (!PASSING.has(response.status)) return response;
  const after = retryAfter(response.headers.get("retry-after"));
  throw new Passing(`${url.host} answered ${await errorOf(response)}`, { after });
}

async function attempt(fetch: Fetch, url: URL, request: FetchRequest): Promise<Response> {
  try {
    return await fetch(url.href, request);
  } catch (error) {
    throw networkError(url.host, error);
  }
}

/** Node's own fetch says "fetch failed", and why in the cause. */
export function networkError(host: string, error: unknown): Error {
  const cause = (error as Error).cause ?? error;
  const { code = "" } = cause as { readonly code?: string };
  const remedy = CERTIFICATE.test(code) ? "; name a file with who signed its certificate in NODE_EXTRA_CA_CERTS" : "";
  const why = `${host} does not answer: ${reason(cause) || code}${remedy}`;
  return LASTING.test(code) ? new Error(why, { cause }) : new Passing(why, { cause });
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO/;
/** Asking again does not change a name, a certificate, or whether there is TLS. */
const LASTING = new RegExp(`${CERTIFICATE.source}|ENOTFOUND|TLS|SSL|EPROTO|INVALID_ARG`);

/** Whether a registry speaks TLS, with a certificate that nobody here vouches for. */
export function isAboutCertificate(error: unknown): boolean {
  const { code = "" } = ((error as Error).cause ?? {}) as { readonly code?: string };
  return CERTIFICATE.test(code);
}

/** What an answer says went wrong: its status, and the codes and messages of the OCI distribution specification. */
export async function errorOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  const errors = errorsIn(text).map(({ code, message }) => [code, message].filter(Boolean).join(": "));
  return [String(response.status), ...(errors.length > 0 ? [errors.join(", ")] : [response.statusText])]
    .filter((part) => part !== "")
    .join(" ");
}

function errorsIn(text: string): readonly { readonly code?: string; readonly message?: string }[] {
  try {
    const { errors } = JSON.parse(text) as { readonly errors?: unknown };
    return Array.isArray(errors) ? errors : [];
  } catch {
    return [];
  }
}

function withoutAuthorization(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization"));
}
