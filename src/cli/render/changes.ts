import { relative, resolve } from "node:path";
import { stampOf } from "../../project/stamp.js";
import { type ShutdownSignal, type SignalSource } from "../../runtime/shutdown.js";
import { WatchedFolders } from "./watched-folders.js";

/** Tells when files change. */
export class Changes {
  /** Resolves once the process is told to end. */
  readonly ended: Promise<undefined>;
  readonly #cwd: string;
  readonly #signals: SignalSource;
  readonly #folders: WatchedFolders;
  readonly #paths = new Set<string>();
  #changed: string | undefined;
  #wake: () => void = () => {};
  #end: () => void = () => {};

  constructor(cwd: string, signals: SignalSource) {
    this.#cwd = cwd;
    this.#signals = signals;
    this.#folders = new WatchedFolders(cwd, (path) => this.#notice(path));
    this.ended = new Promise((resolve) => (this.#end = () => resolve(undefined)));
    for (const signal of SIGNALS) signals.on(signal, this.#end);
  }

  /**
   * Watches files and folders from now on, beside those that it watches already, whether or not they are there. A folder
   * that was made anew since is watched anew.
   *
   * @param stamps of files, as they were when they were read; one that is not watched yet and has changed since counts as changed
   * @throws Error where the system lets nobody watch
   */
  watch(paths: readonly string[], stamps: ReadonlyMap<string, string> = new Map()): void {
    const added = [...paths, ...stamps.keys()].map((path) => resolve(this.#cwd, path));
    const fresh = added.filter((path) => !this.#paths.has(path));
    for (const path of fresh) this.#paths.add(path);
    this.#folders.watch(this.#paths);
    for (const path of fresh) {
      const stamp = stamps.get(path);
      if (stamp !== undefined && stamp !== stampOf(path)) this.#notice(path);
    }
  }

  /** Resolves to a file that has changed since it was last asked; to undefined once the process is told to end. */
  async next(): Promise<string | undefined> {
    const woken = new Promise<string>((resolve) => (this.#wake = () => resolve("")));
    if (this.#changed === undefined && (await Promise.race([woken, this.ended])) === undefined) return undefined;
    // What saves a file may do it in several steps.
    const settled = new Promise<string>((resolve) => setTimeout(() => resolve(""), SETTLE_MS));
    if ((await Promise.race([this.ended, settled])) === undefined) return undefined;
    const changed = this.#changed;
    this.#changed = undefined;
    return changed;
  }

  close(): void {
    this.#folders.close();
    for (const signal of SIGNALS) this.#signals.off(signal, this.#end);
  }

  #notice(path: string): void {
    this.#changed = relative(this.#cwd, path) || ".";
    this.#wake();
  }
}

const SIGNALS: readonly ShutdownSignal[] = ["SIGTERM", "SIGINT"];

const SETTLE_MS = 10;
