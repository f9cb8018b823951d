import { type FSWatcher, watch } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { type ShutdownSignal, type SignalSource } from "../../runtime/shutdown.js";
import { isFolder } from "./manifest-file.js";

/** Tells when files change. */
export class Changes {
  readonly #cwd: string;
  readonly #signals: SignalSource;
  readonly #watchers = new Map<string, FSWatcher>();
  /** By folder the names that matter in it; undefined where all do. */
  readonly #names = new Map<string, Set<string> | undefined>();
  #changed: string | undefined;
  #ended = false;
  #wake: () => void = () => {};
  readonly #end = () => {
    this.#ended = true;
    this.#wake();
  };

  constructor(cwd: string, signals: SignalSource) {
    this.#cwd = cwd;
    this.#signals = signals;
    for (const signal of SIGNALS) signals.on(signal, this.#end);
  }

  /**
   * Watches files and folders from now on, beside those that it watches already. A file is watched through its folder,
   * since editors replace what they save.
   */
  watch(paths: readonly string[]): void {
    for (const path of paths.map((each) => resolve(this.#cwd, each))) {
      const isWhole = isFolder(this.#cwd, path);
      const folder = isWhole ? path : dirname(path);
      const names = this.#names.has(folder) ? this.#names.get(folder) : new Set<string>();
      if (isWhole) this.#names.set(folder, undefined);
      else this.#names.set(folder, names?.add(basename(path)));
      if (!this.#watchers.has(folder))
        this.#watchers.set(
          folder,
          watch(folder, (_, name) => this.#notice(folder, name)),
        );
    }
  }

  /** Resolves to a file that has changed since it was last asked; to undefined once the process is told to end. */
  async next(): Promise<string | undefined> {
    while (this.#changed === undefined && !this.#ended) await new Promise<void>((wake) => (this.#wake = wake));
    if (this.#ended) return undefined;
    // What saves a file may do it in several steps.
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const changed = this.#changed;
    this.#changed = undefined;
    return changed;
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    for (const signal of SIGNALS) this.#signals.off(signal, this.#end);
  }

  #notice(folder: string, name: string | null): void {
    const names = this.#names.get(folder);
    if (names !== undefined && (name === null || !names.has(name))) return;
    this.#changed = relative(this.#cwd, resolve(folder, name ?? ""));
    this.#wake();
  }
}

const SIGNALS: readonly ShutdownSignal[] = ["SIGTERM", "SIGINT"];

const SETTLE_MS = 10;
