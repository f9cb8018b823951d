import { type Challenge } from "./challenge.js";
import { type Credential } from "./credentials.js";
import { basic, fetchToken, type Token } from "./token.js";
import { type Fetch } from "./transport.js";

export interface AuthorizerOptions {
  readonly fetch: Fetch;
  /** The origin of the registry. */
  readonly registry: URL;
  readonly challenge: Challenge | undefined;
  readonly credential: Credential | undefined;
  readonly scopes: readonly string[];
}

/** Knows what to send as Authorization to one repository of a registry. */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  #challenge: Challenge | undefined;
  #credential: Credential | undefined;
  #token: Promise<Token> | undefined;

  constructor(options: AuthorizerOptions) {
    this.#options = options;
    this.#challenge = options.challenge;
    this.#credential = options.credential;
  }

  /** The header; undefined where there is nothing to send. A token is asked for once, and again when it runs out. */
  async header(): Promise<string | undefined> {
    const credential = this.#credential;
    if (this.#challenge?.scheme === "basic") return basic(credential);
    if (this.#challenge?.scheme !== "bearer") return undefined;
    if (credential !== undefined && "registryToken" in credential) return `Bearer ${credential.registryToken}`;
    const asked = this.#askForToken();
    const token = await asked;
    if (token.until > Date.now()) return `Bearer ${token.value}`;
    if (this.#token === asked) this.#token = undefined;
    return `Bearer ${(await this.#askForToken()).value}`;
  }

  /** The header to send now that the registry has refused this one; the same where there is no other. */
  async after(refused: string | undefined, challenge: Challenge | undefined): Promise<string | undefined> {
    const current = await this.header();
    // Another request has been refused before, and has seen to it.
    if (current !== refused) return current;
    this.#challenge = challenge ?? this.#challenge;
    this.#token = undefined;
    return this.header();
  }

  #askForToken(): Promise<Token> {
    if (this.#token !== undefined) return this.#token;
    const asked = this.#fetchToken();
    this.#token = asked;
    asked.catch(() => {
      if (this.#token === asked) this.#token = undefined;
    });
    return asked;
  }

  async #fetchToken(): Promise<Token> {
    const { fetch, registry, scopes } = this.#options;
    const challenge = this.#challenge ?? { scheme: "bearer", parameters: {} };
    // Some registries look at the first scope alone.
    const asked = challenge.parameters["scope"]?.split(" ") ?? [];
    const all = [...new Set([...scopes, ...asked])];
    const token = await fetchToken(fetch, { registry, challenge, scopes: all, credential: this.#credential });
    this.#credential = token.credential;
    return token;
  }
}
