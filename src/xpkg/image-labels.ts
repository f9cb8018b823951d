/** What a project's package.json says that packages repeat. */
export interface ProjectManifest {
  readonly version?: string;
  readonly license?: string;
  readonly repository?: string | { readonly url?: string };
}

export interface LabelOptions {
  readonly name: string;
  readonly version: string;
  /** Of the package's metadata, such as `meta.crossplane.io/source`, which go before what package.json says. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly manifest: ProjectManifest;
  /** In seconds since 1970. */
  readonly created: number;
  /** The image that it is made on. Default: none. */
  readonly base?: { readonly digest: string; readonly reference: string | undefined };
}

/** The labels of an image, as the OCI image specification names them. What is not known is left out. */
export function imageLabels(options: LabelOptions): Readonly<Record<string, string>> {
  const { name, version, annotations = {}, manifest, created, base } = options;
  const said = {
    title: name,
    version,
    description: annotations["meta.crossplane.io/description"],
    source: annotations["meta.crossplane.io/source"] ?? sourceOf(manifest),
    licenses: annotations["meta.crossplane.io/license"] ?? manifest.license,
    created: new Date(created * 1000).toISOString().replace(".000Z", "Z"),
    "base.name": base?.reference,
    "base.digest": base?.digest,
  };
  const known = Object.entries(said).flatMap(([key, value]) =>
    value === undefined ? [] : [[`org.opencontainers.image.${key}`, value] as const],
  );
  return Object.fromEntries(known);
}

/** npm writes `git+https://….git`, which nobody can open. */
function sourceOf({ repository }: ProjectManifest): string | undefined {
  const url = typeof repository === "string" ? repository : repository?.url;
  return url?.replace(/^git\+/, "").replace(/\.git$/, "");
}
