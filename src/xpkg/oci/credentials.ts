/** Who pushes or pulls. Never printed. */
export type Credential =
  | { readonly username: string; readonly password: string }
  /** What a token server gives tokens for. */
  | { readonly identityToken: string }
  /** What the registry itself takes. */
  | { readonly registryToken: string };

/** Where credentials come from. */
export interface Credentials {
  /** Where they are looked for, for errors: `/home/me/.docker/config.json`. */
  readonly source: string;
  /** Those for a repository, `ghcr.io` and `acme/app`; undefined where there are none. */
  find(registry: string, repository: string): Promise<Credential | undefined>;
}

/** Nobody's. */
export const anonymous: Credentials = { source: "no place", find: async () => undefined };
