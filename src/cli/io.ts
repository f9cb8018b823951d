import { type SignalSource } from "../runtime/shutdown.js";

/** What a command has of the world around it: the process, or a stand-in. */
export interface IO {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory. Paths on the command line start from it. */
  readonly cwd: string;
  readonly signals: SignalSource;
}

export interface Output {
  write(text: string): unknown;
  /** Whether it is a terminal, and so takes colours. Default: false. */
  readonly isTTY?: boolean;
}
