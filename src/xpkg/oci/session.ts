import { Authorizer } from "./authorizer.js";
import { parseChallenge } from "./challenge.js";
import { type Credentials } from "./credentials.js";
import { ping } from "./ping.js";
import { type RetryOptions, retrying } from "./retry.js";
import { TokenRefused } from "./token.js";
import { drop, errorOf, type Fetch, type Request, send } from "./transport.js";

export interface SessionOptions {
  readonly registry: string;
  readonly repository: string;
  /** What is going to be done: `repository:acme/app:pull,push`. */
  readonly scopes: readonly string[];
  readonly credentials: Credentials;
  readonly fetch: Fetch;
  readonly retry: RetryOptions;
}

/** A request to the registry: a path below `/v2/REPOSITORY/`, or a URL that it gave us. */
export interface SessionRequest extends Omit<Request, "url"> {
  readonly path: string | URL;
}

/** An answer that is none of those that were hoped for. */
export class Refused extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Talks to one repository of a registry, as whoever the credentials are. */
export class Session {
  readonly #options: SessionOptions;
  #opened: Promise<Opened> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get registry(): string {
    return this.#options.registry;
  }

  /** Runs an attempt, and again where it fails in passing. */
  retrying<T>(attempt: () => Promise<T>): Promise<T> {
    return retrying(this.#options.retry, attempt);
  }

  /** Finds out how the registry is reached, and who we are there; whatever is sent first does so as well. */
  async open(): Promise<void> {
    await this.#open();
  }

  /** Sends a request: once, or twice where the registry wants another token. */
  async send({ path, ...request }: SessionRequest): Promise<Response> {
    const { url: registry, authorizer } = await this.#open();
    const url = new URL(path, new URL(`/v2/${this.#options.repository}/`, registry));
    // A registry may have uploads sent elsewhere, with all that is needed in the URL.
    if (url.origin !== registry.origin) return send(this.#options.fetch, { ...request, url });
    try {
      const sent = await authorizer.header();
      const response = await this.#sendAs(sent, { ...request, url });
      if (response.status !== 401) return response;
      const other = await authorizer.after(sent, parseChallenge(response.headers.get("www-authenticate")));
      if (other === sent) return response;
      await drop(response);
      return await this.#sendAs(other, { ...request, url });
    } catch (error) {
      if (error instanceof TokenRefused) throw new Refused(await this.#withRemedy(error.message), 401);
      throw error;
    }
  }

  /** Where an answer says to go on. */
  locationOf(response: Response): URL {
    const location = response.headers.get("location") ?? "";
    const base = response.url || undefined;
    if (!URL.canParse(location, base))
      throw new Error(`${this.registry} answered without a Location; tell whoever runs it`);
    return new URL(location, base);
  }

  /** The error that an answer is. */
  async refused(response: Response): Promise<Refused> {
    const { status } = response;
    const said = `${this.#options.registry} answered ${await errorOf(response)}`;
    return new Refused(status === 401 || status === 403 ? await this.#withRemedy(said) : said, status);
  }

  #sendAs(authorization: string | undefined, request: Request): Promise<Response> {
    const headers = { ...request.headers, ...(authorization !== undefined && { authorization }) };
    return send(this.#options.fetch, { ...request, headers });
  }

  #open(): Promise<Opened> {
    if (this.#opened !== undefined) return this.#opened;
    const opened = open(this.#options);
    this.#opened = opened;
    opened.catch(() => {
      this.#opened = undefined;
    });
    return opened;
  }

  async #withRemedy(said: string): Promise<string> {
    const { registry, credentials } = this.#options;
    const { isAnonymous } = await this.#open();
    return isAnonymous
      ? `${said}; there are no credentials for ${registry} in ${credentials.source}: docker login ${registry}`
      : `${said}; it does not take the credentials for ${registry} in ${credentials.source} for this: docker login ${registry}`;
  }
}

interface Opened {
  readonly url: URL;
  readonly authorizer: Authorizer;
  readonly isAnonymous: boolean;
}

async function open({ registry, repository, scopes, credentials, fetch }: SessionOptions): Promise<Opened> {
  const [{ url, challenge }, credential] = await Promise.all([
    ping(fetch, registry),
    credentials.find(registry, repository),
  ]);
  const authorizer = new Authorizer({ fetch, registry: url, challenge, credential, scopes });
  return { url, authorizer, isAnonymous: credential === undefined };
}
