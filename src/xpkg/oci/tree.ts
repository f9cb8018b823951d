import { chmodSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, type Stats } from "node:fs";
import { join, posix } from "node:path";

/**
 * A root file system as it comes to be in a folder. Paths are lists of names below that folder. A path is real when none
 * of its names, but perhaps the last one, is a symbolic link; only such paths are handed to the system.
 */
export class Tree {
  readonly #root: string;
  #written = new Set<string>();
  /** Real paths of folders. */
  readonly #folders = new Set<string>();
  readonly #modes = new Map<string, number>();

  constructor(root: string) {
    this.#root = root;
  }

  /** From here on, an opaque whiteout spares what is written. */
  beginLayer(): void {
    this.#written = new Set();
  }

  /** Where a real path is. */
  at(path: readonly string[]): string {
    return join(this.#root, ...path);
  }

  /**
   * The real path of a folder, which is made where it is missing. Symbolic links on the way are followed as by a process
   * whose root this is. Throws where something else is in the way.
   */
  folder(path: readonly string[]): readonly string[] {
    const text = path.join("/");
    if (this.#folders.has(text)) return path;
    const real = this.#walk(path);
    if (real.join("/") === text) this.#folders.add(text);
    return real;
  }

  #walk(path: readonly string[]): readonly string[] {
    const todo = [...path];
    let real: readonly string[] = [];
    for (let hops = 0; todo.length > 0; ) {
      const name = todo.shift() ?? "";
      if (name === "..") real = real.slice(0, -1);
      if (name === "" || name === "." || name === "..") continue;
      const next = [...real, name];
      const found = this.find(next);
      if (found?.isSymbolicLink()) {
        if (++hops > 255) throw new Error(`${path.join("/")} follows more than 255 symbolic links`);
        const target = readlinkSync(this.at(next));
        if (target.startsWith("/")) real = [];
        todo.unshift(...target.split("/"));
        continue;
      }
      if (found !== undefined && !found.isDirectory()) throw new Error(`${next.join("/")} is a file, and not a folder`);
      if (found === undefined) mkdirSync(this.at(next), { mode: 0o755 });
      real = next;
    }
    return real;
  }

  /** What is at a real path, if anything. */
  find(path: readonly string[]): Stats | undefined {
    return lstatSync(this.at(path), { throwIfNoEntry: false });
  }

  /** Says that this layer wrote a real path. */
  wrote(path: readonly string[]): void {
    this.#written.add(path.join("/"));
  }

  /** A folder gets its mode once all is written: until then it has to take files. */
  setMode(path: readonly string[], mode: number): void {
    this.#modes.set(path.join("/"), mode);
  }

  /** Removes what is at a real path, if anything. */
  remove(path: readonly string[]): void {
    rmSync(this.at(path), { recursive: true, force: true });
    this.#folders.clear();
    const gone = path.join("/");
    for (const known of [...this.#modes.keys()]) {
      if (known === gone || known.startsWith(`${gone}/`)) this.#modes.delete(known);
    }
  }

  /** Removes what lower layers put into a real folder. */
  clear(path: readonly string[]): void {
    for (const child of readdirSync(this.at(path), { withFileTypes: true })) {
      const childPath = [...path, child.name];
      const text = childPath.join("/");
      const hasWritten = [...this.#written].some((written) => written.startsWith(`${text}/`));
      if (hasWritten) this.clear(childPath);
      if (!hasWritten && !this.#written.has(text)) this.remove(childPath);
    }
  }

  finish(): void {
    const deepestFirst = [...this.#modes].sort(([a], [b]) => b.length - a.length);
    for (const [path, mode] of deepestFirst) chmodSync(this.at(path.split("/")), mode);
  }

  /**
   * What a symbolic link in a real folder has to say to lead, from there, to where `target` leads for a process whose
   * root this is: `..` first, if at all, and never more of them than the folder is deep, so that the link stays inside.
   */
  linkText(folder: readonly string[], target: string): string {
    const from = `/${folder.join("/")}`;
    const to = posix.normalize(target.startsWith("/") ? target : `${from}/${target}`);
    return posix.relative(from, to) || ".";
  }
}
