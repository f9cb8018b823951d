import { type Challenge } from "./challenge.js";
import { type Credential } from "./credentials.js";
import { errorOf, type Fetch, send } from "./transport.js";

export interface Token {
  readonly value: string;
  /** Until when it can be used, in milliseconds since 1970. */
  readonly until: number;
  /** What to get the next one for, where the server changes that. */
  readonly credential: Credential | undefined;
}

export interface TokenRequest {
  /** The registry that asks for it. */
  readonly registry: URL;
  readonly challenge: Challenge;
  /** `repository:acme/app:pull,push`. */
  readonly scopes: readonly string[];
  readonly credential: Credential | undefined;
}

/**
 * Gets a token as a registry's challenge says: of the server named there, for the credential, or for nobody. An identity
 * token is exchanged with OAuth 2.0's refresh_token grant, anything else with GET. Credentials go to a server without TLS
 * only where the registry has none either.
 */
export async function fetchToken(fetch: Fetch, request: TokenRequest): Promise<Token> {
  const realm = realmOf(request);
  const response = await send(fetch, exchangeFor(realm, request));
  if (!response.ok) throw new TokenRefused(`the token server ${realm.host} answered ${await errorOf(response)}`);
  const { token, access_token, expires_in, refresh_token } = await bodyOf(response);
  const value = access_token || token;
  if (typeof value !== "string" || value === "")
    throw new Error(`the token server ${realm.host} answered without a token`);
  const seconds = typeof expires_in === "number" ? Math.max(expires_in, SHORTEST) : SHORTEST;
  return {
    value,
    until: Date.now() + seconds * 900,
    credential: typeof refresh_token === "string" ? { identityToken: refresh_token } : request.credential,
  };
}

/** A token server gave none, most often since it does not know who asks. */
export class TokenRefused extends Error {}

/** What tokens live that do not say (Docker's token specification), in seconds. */
const SHORTEST = 60;

function realmOf({ registry, challenge }: TokenRequest): URL {
  const text = challenge.parameters["realm"] ?? "";
  if (!URL.canParse(text))
    throw new Error(`${registry.host} asks for a token of ${JSON.stringify(text)}, which is no URL`);
  const realm = new URL(text);
  const isAllowed = realm.protocol === "https:" || (realm.protocol === "http:" && registry.protocol === "http:");
  if (!isAllowed) throw new Error(`${registry.host} asks for a token of ${realm.origin}, without TLS`);
  return realm;
}

function exchangeFor(realm: URL, { challenge, scopes, credential }: TokenRequest) {
  const { service } = challenge.parameters;
  if (credential !== undefined && "identityToken" in credential) {
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      client_id: "trimtab",
      refresh_token: credential.identityToken,
      scope: scopes.join(" "),
      ...(service !== undefined && { service }),
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return { method: "POST", url: realm, headers, body: form.toString() } as const;
  }
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  for (const scope of scopes) url.searchParams.append("scope", scope);
  const authorization = basic(credential);
  return { method: "GET", url, ...(authorization !== undefined && { headers: { authorization } }) } as const;
}

/** The header for a user and password. */
export function basic(credential: Credential | undefined): string | undefined {
  if (credential === undefined || !("password" in credential)) return undefined;
  return `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString("base64")}`;
}

async function bodyOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await response.json()) as Record<string, unknown>;
  } catch {
    return {};
  }
}
