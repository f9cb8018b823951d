import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Bundle } from "./bundle.js";
import { stampOf } from "./stamp.js";
import { standIn } from "./stand-in.js";

/** A bundle that lies on disk, from where it can be imported. */
export interface StoredBundle {
  readonly path: string;
  /** As {@link Bundle.files}. */
  readonly files: ReadonlyMap<string, string>;
  /** A folder to remove once it has been imported. Default: none. */
  readonly temporary?: string;
}

/**
 * The bundle that was last stored for a project, if none of its files has changed since.
 *
 * @param version of what bundles; another one's bundles do not count
 */
export function storedBundle(root: string, version: string): StoredBundle | undefined {
  const index = readIndex(root);
  if (index?.version !== version) return undefined;
  const files = new Map(Object.entries(index.files));
  const isSame = [...files].every(([file, stamp]) => stampOf(resolve(root, file)) === stamp);
  const path = join(folderOf(root), index.bundle);
  return isSame && statSync(path, { throwIfNoEntry: false }) ? { path, files } : undefined;
}

/**
 * Stores a bundle in `.trimtab/cache` of the project, under a name that its text gives it; where that cannot be written,
 * in a folder of the machine's temporary one that nobody else may enter.
 */
export function storeBundle(root: string, { text, files, importsLater }: Bundle, version: string): StoredBundle {
  const bundle = `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.mjs`;
  try {
    const folder = folderOf(root);
    mkdirSync(folder, { recursive: true });
    write(folder, bundle, text);
    write(folder, INDEX, JSON.stringify({ version, bundle, files: Object.fromEntries(files) }));
    removeOld(folder, bundle);
    return { path: join(folder, bundle), files };
  } catch (error) {
    if (!UNWRITABLE.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    const { outer, inner } = standIn(root);
    write(inner, bundle, text);
    // What it imports later is found from where it lies.
    return { path: join(inner, bundle), files, ...(!importsLater && { temporary: outer }) };
  }
}

/** Node 20 says ENOENT of a folder in a read-only mount; the last two are of a file where the folder would be. */
const UNWRITABLE = ["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR", "EEXIST"];

const INDEX = "bundle.json";

interface Index {
  readonly version: string;
  /** The name of its file. */
  readonly bundle: string;
  /** As {@link Bundle.files}. */
  readonly files: Readonly<Record<string, string>>;
}

function readIndex(root: string): Index | undefined {
  try {
    return JSON.parse(readFileSync(join(folderOf(root), INDEX), "utf8")) as Index;
  } catch {
    // There is none yet, or one that nobody can read: a bundle is made anew.
    return undefined;
  }
}

/** A folder of the project's own rather than one that others may write to. */
function folderOf(root: string): string {
  return join(root, ".trimtab", "cache");
}

/** Removes what was stored more than a day ago: nobody is about to import it any more. */
function removeOld(folder: string, current: string): void {
  const yesterday = Date.now() - 24 * 60 * 60 * 1000;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (
      name === current ||
      name === INDEX ||
      (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? yesterday) >= yesterday
    )
      continue;
    rmSync(path, { recursive: true, force: true });
  }
}

/** Whoever reads at the same time sees the whole file, old or new. */
function write(folder: string, name: string, text: string): void {
  const part = join(folder, `${name}.${randomUUID()}`);
  writeFileSync(part, text);
  renameSync(part, join(folder, name));
}
