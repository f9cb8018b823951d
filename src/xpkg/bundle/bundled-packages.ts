import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** A package of npm's that a bundle has something of. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json says. Default: it does not say. */
  readonly license?: string;
  /** Where it lies. */
  readonly folder: string;
}

/**
 * The packages that files belong to, each version once, in the order of their names; the project's own is left out.
 *
 * @param files paths from the project's root
 */
export function bundledPackages(files: readonly string[], root: string): readonly BundledPackage[] {
  const folders = new Set(files.flatMap((file) => folderOf(dirname(resolve(root, file)), root) ?? []));
  const found = [...folders].map(packageIn);
  const distinct = new Map(found.map((each) => [`${each.name}@${each.version}`, each]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** The nearest folder, from one upwards, whose package.json names a package; undefined where that is the project. */
function folderOf(folder: string, root: string): string | undefined {
  if (folder === resolve(root)) return undefined;
  const { name, version } = manifestOf(folder);
  if (name !== undefined && version !== undefined) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : folderOf(above, root);
}

function packageIn(folder: string): BundledPackage {
  const { name = "", version = "", license, licenses } = manifestOf(folder);
  const said = typeof license === "string" ? license : (license?.type ?? licenses?.[0]?.type);
  return { name, version, folder, ...(said !== undefined && { license: said }) };
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  /** Old packages write an object. */
  readonly license?: string | { readonly type?: string };
  readonly licenses?: readonly { readonly type?: string }[];
}

function manifestOf(folder: string): Manifest {
  const file = join(folder, "package.json");
  // Within a package there may be others that only say how modules are read.
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : {};
}
