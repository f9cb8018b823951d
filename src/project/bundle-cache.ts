import { createHash, randomUUID } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Bundle } from "./bundle.js";

/** A bundle that lies on disk, from where it can be imported. */
export interface StoredBundle {
  readonly path: string;
  readonly files: readonly string[];
}

/** What decides besides the files themselves how they are bundled. */
const SETTINGS = ["package.json", "tsconfig.json"];

/**
 * The bundle that was last stored for a project, if none of its files has changed since.
 *
 * @param version of what bundles; another one's bundles do not count
 */
export function storedBundle(root: string, version: string): StoredBundle | undefined {
  const index = readIndex(root);
  if (index?.version !== version) return undefined;
  const isSame = Object.entries(index.files).every(([file, stamp]) => stampOf(root, file) === stamp);
  const path = join(folderOf(root), index.bundle);
  return isSame && statSync(path, { throwIfNoEntry: false })
    ? { path, files: Object.keys(index.files).filter((file) => !SETTINGS.includes(file)) }
    : undefined;
}

/**
 * Stores a bundle in `.trimtab/cache` of the project, under a name that its text gives it; where that cannot be written,
 * in a folder of the machine's temporary one that nobody else may enter.
 */
export function storeBundle(root: string, { text, files }: Bundle, version: string): StoredBundle {
  const bundle = `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.mjs`;
  const stamps = [...files, ...SETTINGS].map((file) => [file, stampOf(root, file)]);
  try {
    const folder = folderOf(root);
    mkdirSync(folder, { recursive: true });
    write(folder, bundle, text);
    write(folder, INDEX, JSON.stringify({ version, bundle, files: Object.fromEntries(stamps) }));
    removeOld(folder, bundle);
    return { path: join(folder, bundle), files };
  } catch (error) {
    if (!["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    const folder = mkdtempSync(join(tmpdir(), "trimtab-"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    write(folder, bundle, text);
    return { path: join(folder, bundle), files };
  }
}

const INDEX = "bundle.json";

interface Index {
  readonly version: string;
  /** The name of its file. */
  readonly bundle: string;
  /** When each was last written, and how large it was. */
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

/** Empty where there is no such file. */
function stampOf(root: string, file: string): string {
  const stats = statSync(resolve(root, file), { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs}/${stats.size}` : "";
}

/** Whoever reads at the same time sees the whole file, old or new. */
function write(folder: string, name: string, text: string): void {
  const part = join(folder, `${name}.${randomUUID()}`);
  writeFileSync(part, text);
  renameSync(part, join(folder, name));
}
