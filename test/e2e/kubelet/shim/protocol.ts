/** One container, down to what the kernel is told. Plain data, since it crosses from one process to another. */
export interface Container {
  readonly hostname: string;
  /** The folder of the image's unpacked root, which is only read. */
  readonly image: string;
  /** A folder of this pod alone, on which its scratch layer is mounted. */
  readonly scratch: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The folder inside that the process starts in. */
  readonly cwd: string;
  readonly uid: number;
  readonly gid: number;
  readonly readOnly: boolean;
  readonly mounts: readonly Mount[];
  /** It is ready while something listens here. */
  readonly port: number;
}

export interface Mount {
  /** Where it is inside: an absolute path. */
  readonly path: string;
  /** The folder outside. */
  readonly source: string;
  readonly readOnly: boolean;
}

/** How the process of a container ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it had been told to. */
  readonly asked: boolean;
  /** Whether it was killed since its grace was over. */
  readonly late: boolean;
}

/** What the shim is told. A connection comes with its socket. */
export type Order =
  | { readonly order: "start"; readonly container: Container }
  | { readonly order: "connection" }
  | { readonly order: "stop"; readonly graceSeconds: number };

/** What the shim says. */
export type Report =
  | { readonly report: "ready"; readonly ready: boolean }
  /** A connection has arrived. */
  | { readonly report: "taken" }
  | { readonly report: "ended"; readonly ending: Ending }
  | { readonly report: "failed"; readonly reason: string };
