import { isDigest } from "./digest.js";

/** Names an image in a registry. */
export interface Reference {
  /** Host and port: `ghcr.io`, `127.0.0.1:5000`. Docker Hub is `index.docker.io`. */
  readonly registry: string;
  /** `acme/function-bucket`. */
  readonly repository: string;
  /** `latest` where neither tag nor digest is given. */
  readonly tag?: string;
  readonly digest?: string;
  /** What is asked for: the digest, else the tag. */
  readonly identifier: string;
  /** The whole of it, with nothing left to defaults. */
  readonly text: string;
}

/**
 * Reads `[host[:port]/]repository[:tag][@digest]` as Crossplane does: what comes before the first slash is a host if it
 * has a dot or a colon or is `localhost`; without a host it is Docker Hub's.
 */
export function parseReference(text: string): Reference {
  const [name = "", digest, ...more] = text.split("@");
  const colon = name.lastIndexOf(":");
  const hasTag = colon > name.lastIndexOf("/");
  const tag = hasTag ? name.slice(colon + 1) : undefined;
  const { registry, repository } = split(hasTag ? name.slice(0, colon) : name);
  const wrong = whatIsWrong({ registry, repository, tag, digest }, more.length > 0);
  if (wrong !== undefined) {
    throw new Error(`cannot read the reference ${JSON.stringify(text)}: ${wrong}; write it as in ghcr.io/acme/app:v1`);
  }
  return referenceOf(registry, repository, { tag, digest });
}

/** The same repository, with another tag or digest. */
export function withIdentifier(
  { registry, repository }: Pick<Reference, "registry" | "repository">,
  identifier: string,
): Reference {
  return referenceOf(registry, repository, isDigest(identifier) ? { digest: identifier } : { tag: identifier });
}

/** The schemes under which a registry may answer, in order. As in Crossplane, this machine and private networks may do without TLS. */
export function schemesOf(registry: string): readonly string[] {
  return MAY_BE_PLAIN.some((pattern) => pattern.test(registry)) ? ["https", "http"] : ["https"];
}

const MAY_BE_PLAIN = [
  /^localhost(:\d+)?$/,
  /\.localhost(:\d+)?$/,
  /^127\.0\.0\.1(:\d+)?$/,
  /^\[::1\](:\d+)?$/,
  /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))(\.\d+){2,3}(:\d+)?$/,
];

interface Identifiers {
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

function referenceOf(registry: string, repository: string, { tag, digest }: Identifiers): Reference {
  const effective = tag ?? (digest === undefined ? "latest" : undefined);
  const colon = effective === undefined ? "" : `:${effective}`;
  return {
    registry,
    repository,
    ...(effective !== undefined && { tag: effective }),
    ...(digest !== undefined && { digest }),
    identifier: digest ?? effective ?? "",
    text: `${registry}/${repository}${colon}${digest === undefined ? "" : `@${digest}`}`,
  };
}

const DOCKER_HUB = "index.docker.io";

function split(name: string): { readonly registry: string; readonly repository: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const hasHost = first === "localhost" || /[.:]/.test(first);
  const registry = hasHost && first !== "docker.io" ? first : DOCKER_HUB;
  const repository = hasHost ? name.slice(slash + 1) : name;
  const isOfficial = registry === DOCKER_HUB && repository !== "" && !repository.includes("/");
  return { registry, repository: isOfficial ? `library/${repository}` : repository };
}

function whatIsWrong(
  { registry, repository, tag, digest }: Identifiers & { readonly registry: string; readonly repository: string },
  hasMore: boolean,
): string | undefined {
  if (!/^([\w.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(registry)) return `${registry} is no host`;
  if (!REPOSITORY.test(repository) || repository.length > 255) {
    return `${repository || "the repository"} has to be names of lowercase letters, digits, ".", "_" and "-", with "/" between`;
  }
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) {
    return `the tag ${JSON.stringify(tag)} has to be at most 128 letters, digits, ".", "_" and "-"`;
  }
  if (hasMore || (digest !== undefined && !isDigest(digest))) return "the digest has to be sha256: and 64 digits";
  return undefined;
}

const REPOSITORY = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
