import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { reason } from "../../runtime/reason.js";
import { askHelper } from "./credential-helper.js";
import { type Credential, type Credentials } from "./credentials.js";

export interface DockerCredentialsOptions {
  /** DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR and XDG_CONFIG_HOME are read, and helpers are started with it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home. Default: none. */
  readonly home?: string;
}

/**
 * What `docker login` and `podman login` left: the first file that there is of docker's config.json, of DOCKER_CONFIG or
 * below the user's home, and podman's auth.json. It is read anew each time. A file that cannot be read is an error, as is
 * a helper that fails; a helper that knows no credentials is not.
 */
export function dockerCredentials({ env, home }: DockerCredentialsOptions): Credentials {
  const places = placesOf(env, home);
  const file = places.find((place) => existsSync(place));
  return {
    source: file ?? places[0] ?? "no place",
    find: async (registry, repository) => {
      if (file === undefined) return undefined;
      const config = await readConfig(file);
      const keys = keysFor(registry, repository);
      const helper = config.credHelpers?.[keys.find((key) => key in (config.credHelpers ?? {})) ?? ""];
      const kept = helper ?? config.credsStore;
      const asked = kept ? await askHelper(kept, serverOf(registry), env) : undefined;
      return asked ?? inFile(config, keys, file);
    },
  };
}

function placesOf(env: DockerCredentialsOptions["env"], home: string | undefined): readonly string[] {
  const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR } = env;
  const configHome = env["XDG_CONFIG_HOME"] || (home && join(home, ".config"));
  return [
    DOCKER_CONFIG ? join(DOCKER_CONFIG, "config.json") : home && join(home, ".docker/config.json"),
    REGISTRY_AUTH_FILE,
    XDG_RUNTIME_DIR && join(XDG_RUNTIME_DIR, "containers/auth.json"),
    configHome && join(configHome, "containers/auth.json"),
  ].filter((place): place is string => place !== undefined && place !== "");
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, AuthEntry>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

interface AuthEntry {
  /** user:password in base64. */
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}

async function readConfig(file: string): Promise<DockerConfig> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as DockerConfig;
  } catch (error) {
    // What a parser says of a file with secrets quotes it.
    const why = error instanceof SyntaxError ? "it is no JSON" : reason(error);
    throw new Error(`cannot read the credentials in ${file}: ${why}; correct it, or log in again with docker login`);
  }
}

const DOCKER_HUB = "index.docker.io";

/** What docker calls a registry where it keeps credentials. */
function serverOf(registry: string): string {
  return registry === DOCKER_HUB ? "https://index.docker.io/v1/" : registry;
}

/** Under which names credentials may be kept: podman has them for repositories and for whatever contains them, too. */
function keysFor(registry: string, repository: string): readonly string[] {
  const parts = repository.split("/");
  const repositories = parts.map((_, index) => `${registry}/${parts.slice(0, parts.length - index).join("/")}`);
  const hosts =
    registry === DOCKER_HUB ? [serverOf(registry), registry, "docker.io", "registry-1.docker.io"] : [registry];
  return [...repositories, ...hosts];
}

function inFile(config: DockerConfig, keys: readonly string[], file: string): Credential | undefined {
  const auths = config.auths ?? {};
  for (const key of keys) {
    const entry = auths[key] ?? Object.entries(auths).find(([name]) => hostOf(name) === key)?.[1];
    const credential = entry && credentialOf(entry, key, file);
    if (credential !== undefined) return credential;
  }
  return undefined;
}

/** Docker has written URLs: `https://ghcr.io/v2/` is `ghcr.io`. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, "").replace(/\/(v[12]\/?)?$/, "");
}

function credentialOf(entry: AuthEntry, key: string, file: string): Credential | undefined {
  if (entry.registrytoken) return { registryToken: entry.registrytoken };
  if (entry.identitytoken) return { identityToken: entry.identitytoken };
  if (entry.username && entry.password !== undefined) return { username: entry.username, password: entry.password };
  if (!entry.auth) return undefined;
  const text = Buffer.from(entry.auth, "base64").toString("utf8").replace(/\0+$/, "");
  const colon = text.indexOf(":");
  if (colon <= 0) {
    throw new Error(
      `cannot read the credentials for ${key} in ${file}: auth is no user:password in base64; log in again with docker login ${key}`,
    );
  }
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
