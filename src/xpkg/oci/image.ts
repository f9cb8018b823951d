/** Where an image runs, in Go's words: `linux`, `arm64`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

export type Annotations = Readonly<Record<string, string>>;

/** Names content by what it is: equal digests are equal bytes. */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
  readonly annotations?: Annotations;
  readonly platform?: Platform;
}

/** A change to a root file system: a tar archive, mostly compressed. */
export interface Layer {
  readonly descriptor: Descriptor;
  /** The digest of the archive before it was compressed. */
  readonly diffId: string;
  /** The repository that it was pulled from: a push into another one of the same registry need not send it. */
  readonly origin?: Origin;
  /** The bytes as they are stored, of the descriptor's digest. Read anew each time: nobody but the caller keeps them. */
  read(): Promise<Buffer>;
}

export interface Origin {
  readonly registry: string;
  readonly repository: string;
}

/** What the process of a container is started with. */
export interface ProcessConfig {
  readonly User?: string;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly ExposedPorts?: Readonly<Record<string, Readonly<Record<string, never>>>>;
  readonly Volumes?: Readonly<Record<string, Readonly<Record<string, never>>>>;
  readonly StopSignal?: string;
}

/** The config of the OCI image specification. Fields that are not here are kept as they are. */
export interface ImageConfig {
  /** RFC 3339. */
  readonly created?: string;
  readonly author?: string;
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
  readonly config?: ProcessConfig;
  readonly rootfs: { readonly type: "layers"; readonly diff_ids: readonly string[] };
  readonly history?: readonly History[];
}

export interface History {
  readonly created?: string;
  readonly created_by?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

/** An image for one platform. A value: whatever changes it makes another one. */
export interface Image {
  /** Of the manifest. */
  readonly descriptor: Descriptor;
  readonly platform: Platform;
  readonly config: ImageConfig;
  /** Lowest first, as many as the config has diff_ids. */
  readonly layers: readonly Layer[];
  readonly annotations: Annotations;
  readonly manifest: Buffer;
  readonly configBytes: Buffer;
}

/** Images of several platforms under one digest. */
export interface ImageIndex {
  /** Of the manifest. */
  readonly descriptor: Descriptor;
  readonly images: readonly Image[];
  readonly annotations: Annotations;
  readonly manifest: Buffer;
}

export function isIndex(value: Image | ImageIndex): value is ImageIndex {
  return "images" in value;
}
