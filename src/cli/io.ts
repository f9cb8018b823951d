import { type SignalSource } from "../runtime/shutdown.js";

/** What a command has of the world around it: the process, or a stand-in. */
export interface IO {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory. Paths on the command line start from it. */
  readonly cwd: string;
  readonly signals: SignalSource;
  readonly rejections: RejectionSource;
}

/** Where promises are heard of that were rejected and that nobody handles. While somebody listens, they end no process. */
export interface RejectionSource {
  on(event: "unhandledRejection", listener: (reason: unknown) => void): unknown;
  off(event: "unhandledRejection", listener: (reason: unknown) => void): unknown;
}

export interface Output {
  write(text: string): unknown;
  /** Whether it is a terminal, and so takes colours. Default: false. */
  readonly isTTY?: boolean;
}
