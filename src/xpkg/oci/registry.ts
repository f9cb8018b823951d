import { anonymous, type Credentials } from "./credentials.js";
import { type Descriptor, type Image, type ImageIndex, type Platform } from "./image.js";
import { listTags } from "./list-tags.js";
import { load, type Store } from "./load.js";
import { nodeFetch } from "./node-fetch.js";
import { imageFor } from "./platform.js";
import { pullBlob } from "./pull-blob.js";
import { pullManifest, resolveManifest } from "./pull-manifest.js";
import { mountsFor, type PushOptions, type PushResult, push } from "./push.js";
import { type Reference } from "./reference.js";
import { type RetryOptions } from "./retry.js";
import { Session } from "./session.js";
import { type Fetch } from "./transport.js";

export interface RegistryOptions extends RetryOptions {
  /** Default: nobody's. */
  readonly credentials?: Credentials;
  /** Default: `nodeFetch`. */
  readonly fetch?: Fetch;
  /** How many blobs are sent at a time, each of them whole in memory. Default: 3. */
  readonly parallel?: number;
}

/** Images in registries that speak the OCI distribution specification. Errors name the reference and what to do. */
export interface Registry {
  /** What a reference names. */
  resolve(reference: Reference): Promise<Descriptor>;
  /**
   * An image or index, verified; with a platform, its image. Manifests and configs are read, and layers each time that
   * somebody asks for them.
   */
  pull(reference: Reference, platform: Platform): Promise<Image>;
  pull(reference: Reference, platform?: Platform): Promise<Image | ImageIndex>;
  /**
   * Puts an image or index under a tag, or under its digest. What the repository has already is not sent again, so that a
   * push that broke off goes on when it is started again; what refers to something comes after it.
   */
  push(value: Image | ImageIndex, reference: Reference, options?: PushOptions): Promise<PushResult>;
  /** The tags of a repository, in the registry's order. */
  tags(repository: Pick<Reference, "registry" | "repository">): Promise<readonly string[]>;
}

/** A client of registries. It keeps tokens, so that one serves many calls. */
export function registry(options: RegistryOptions = {}): Registry {
  const sessions = new Map<string, Session>();

  return {
    resolve: (reference) =>
      naming(`resolve ${reference.text}`, async () => {
        const found = await resolveManifest(open(reference, ["pull"]), reference.identifier);
        return found ?? missing(reference);
      }),
    pull: ((reference: Reference, platform?: Platform) =>
      naming(`pull ${reference.text}`, () => pull(open(reference, ["pull"]), reference, platform))) as Registry["pull"],
    push: (value, reference, { mountFrom = [] } = {}) =>
      naming(`push ${reference.text}`, () => {
        const mounts = mountsFor(value, reference, mountFrom);
        return push(open(reference, ["pull", "push"], mounts), value, reference, mounts, options.parallel ?? 3);
      }),
    tags: ({ registry: host, repository }) =>
      naming(`list the tags of ${host}/${repository}`, () => listTags(open({ registry: host, repository }, ["pull"]))),
  };

  function open(
    { registry: host, repository }: Pick<Reference, "registry" | "repository">,
    actions: readonly string[],
    mounts: readonly string[] = [],
  ): Session {
    const scopes = [
      `repository:${repository}:${actions.join(",")}`,
      ...mounts.map((mounted) => `repository:${mounted}:pull`),
    ];
    const key = [host, ...scopes].join(" ");
    const known = sessions.get(key);
    if (known !== undefined) return known;
    const { credentials = anonymous, fetch = nodeFetch } = options;
    const session = new Session({ registry: host, repository, scopes, credentials, fetch, retry: options });
    sessions.set(key, session);
    return session;
  }
}

async function pull(
  session: Session,
  reference: Reference,
  platform: Platform | undefined,
): Promise<Image | ImageIndex> {
  const named = (await pullManifest(session, reference.identifier)) ?? missing(reference);
  const store: Store = {
    name: reference.text,
    origin: { registry: reference.registry, repository: reference.repository },
    blob: (descriptor) => pullBlob(session, descriptor),
    manifest: async ({ digest }) => {
      if (digest === named.descriptor.digest) return named.bytes;
      const pulled = await pullManifest(session, digest);
      if (pulled === undefined) throw new Error(`the registry has no ${digest}, which its index names`);
      return pulled.bytes;
    },
  };
  const value = await load(store, named.descriptor, platform);
  return platform === undefined ? value : imageFor(value, platform, reference.text);
}

function missing({ registry, repository, identifier }: Reference): never {
  throw new Error(`${registry} has no ${identifier} of ${repository}; check the name, and whether it was pushed there`);
}

async function naming<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const { message } = error as Error;
    throw new Error(message.startsWith("cannot ") ? message : `cannot ${what}: ${message}`, { cause: error });
  }
}
