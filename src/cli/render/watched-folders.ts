import { type FSWatcher, statSync, watch } from "node:fs";
import { basename, dirname, join, sep } from "node:path";

/**
 * The folders that have to be watched for some paths. A file is watched through its folder, since editors replace what
 * they save; what is not there, through the nearest folder above that is; and each folder through the one above, since
 * what watches a folder stays with it when it is moved away.
 */
export class WatchedFolders {
  readonly #cwd: string;
  readonly #notice: (path: string) => void;
  readonly #watched = new Map<string, Watched>();
  /** By folder the names that matter in it; undefined where all do. */
  #names = new Map<string, Set<string> | undefined>();

  /** @param notice told of each path that changed, and may no longer be there */
  constructor(cwd: string, notice: (path: string) => void) {
    this.#cwd = cwd;
    this.#notice = notice;
  }

  /**
   * Watches for these absolute paths, and for no other any longer.
   *
   * @throws Error where the system lets nobody watch
   */
  watch(paths: Iterable<string>): void {
    this.#names = new Map();
    for (const path of paths) {
      if (identityOf(path)?.isFolder) this.#names.set(path, undefined);
      this.#add(path);
    }
    for (const [folder, { watcher, id }] of this.#watched) {
      if (this.#names.has(folder) && identityOf(folder)?.id === id) continue;
      watcher.close();
      this.#watched.delete(folder);
    }
    for (const folder of this.#names.keys()) {
      if (!this.#watched.has(folder)) this.#open(folder);
    }
  }

  close(): void {
    for (const { watcher } of this.#watched.values()) watcher.close();
    this.#watched.clear();
  }

  /** Lets a path's name matter in the folder above, and that one's in the next, up to one that the working directory is in. */
  #add(path: string): void {
    const folder = dirname(path);
    if (folder === path) return;
    if (identityOf(folder)?.isFolder) {
      const names = this.#names.has(folder) ? this.#names.get(folder) : new Set<string>();
      this.#names.set(folder, names?.add(basename(path)));
      if (`${this.#cwd}${sep}`.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)) return;
    }
    this.#add(folder);
  }

  #open(folder: string): void {
    const id = identityOf(folder)?.id;
    try {
      const watcher = watch(folder, (event, name) => this.#hear(folder, event, name));
      watcher.on("error", () => this.#lose(folder, watcher));
      this.#watched.set(folder, { watcher, id });
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      // It has gone meanwhile, which the one above tells; or is not ours to read, and so nothing in it is read.
      if (["ENOENT", "ENOTDIR", "EACCES", "EPERM"].includes(code)) return;
      throw new Error(`cannot watch ${folder}: ${message}`, { cause: error });
    }
  }

  #hear(folder: string, event: string, name: string | null): void {
    // The folder itself is told of by its own name, where it is moved or removed.
    const watched = this.#watched.get(folder);
    if (event === "rename" && name === basename(folder) && watched && identityOf(folder)?.id !== watched.id) {
      this.#lose(folder, watched.watcher);
      return;
    }
    const names = this.#names.get(folder);
    const matters = names === undefined ? name !== CACHE : name !== null && names.has(name);
    if (matters) this.#notice(join(folder, name ?? ""));
  }

  #lose(folder: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.#watched.get(folder)?.watcher === watcher) this.#watched.delete(folder);
    this.#notice(folder);
  }
}

interface Watched {
  readonly watcher: FSWatcher;
  readonly id: string | undefined;
}

/** Written by whoever loads a project. */
const CACHE = ".trimtab";

/** What differs where a folder was made anew; the number alone may be given again. Undefined where nobody can tell. */
function identityOf(path: string): { readonly id: string; readonly isFolder: boolean } | undefined {
  try {
    const stats = statSync(path);
    return { id: `${stats.dev}/${stats.ino}/${stats.birthtimeMs}`, isFolder: stats.isDirectory() };
  } catch {
    return undefined;
  }
}
