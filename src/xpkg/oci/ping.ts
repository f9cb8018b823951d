import { type Challenge, parseChallenge } from "./challenge.js";
import { schemesOf } from "./reference.js";
import { drop, type Fetch, isAboutCertificate, send } from "./transport.js";

/** How a registry is reached. */
export interface Endpoint {
  /** Its origin. */
  readonly url: URL;
  /** What it asked for; undefined where it lets anybody in. */
  readonly challenge: Challenge | undefined;
}

/** Finds out whether a registry speaks TLS, which it may do without only where `schemesOf` says so, and what it asks for. */
export async function ping(fetch: Fetch, registry: string): Promise<Endpoint> {
  const [first = "https", second] = schemesOf(registry);
  try {
    return await pingAt(fetch, new URL(`${first}://${registry}/`));
  } catch (error) {
    // Trying without TLS would hide why.
    if (second === undefined || isAboutCertificate(error)) throw error;
    return pingAt(fetch, new URL(`${second}://${registry}/`));
  }
}

async function pingAt(fetch: Fetch, url: URL): Promise<Endpoint> {
  const response = await send(fetch, { method: "GET", url: new URL("/v2/", url) });
  await drop(response);
  const challenge = response.status === 401 ? parseChallenge(response.headers.get("www-authenticate")) : undefined;
  return { url, challenge };
}
