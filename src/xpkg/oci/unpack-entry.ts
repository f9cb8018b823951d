import { createWriteStream } from "node:fs";
import { chmod, lchown, link, lstat, mkdir, readlink, symlink, utimes } from "node:fs/promises";
import { type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type TarEntry } from "./tar.js";
import { type Tree } from "./tree.js";

/** Applies one entry of a layer to a tree. */
export async function unpackEntry(tree: Tree, entry: TarEntry, content: Readable, owners: boolean): Promise<void> {
  const path = inside(entry.name, entry.name);
  const name = path.at(-1);
  if (name === undefined) return;
  const folder = await tree.folder(path.slice(0, -1));
  if (name.startsWith(WHITEOUT)) return applyWhiteout(tree, folder, name);
  if (LEFT_OUT.has(entry.type)) return;
  const real = [...folder, name];
  await makeRoom(tree, real, entry.type === "directory");
  await write(tree, real, entry, content);
  tree.wrote(real);
  await setMetadata(tree, real, entry, owners);
}

const WHITEOUT = ".wh.";
const OPAQUE = `${WHITEOUT}${WHITEOUT}.opq`;
const LEFT_OUT: ReadonlySet<TarEntry["type"]> = new Set(["character-device", "block-device", "fifo"]);

/** The names of a path that has to stay below the root. A slash at the front is the root of the image. */
function inside(path: string, entry: string): readonly string[] {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    if (name === ".." && names.pop() === undefined) throw new Error(`${entry} leads out of the image to ${path}`);
  }
  return names;
}

async function applyWhiteout(tree: Tree, folder: readonly string[], name: string): Promise<void> {
  if (name === OPAQUE) return tree.clear(folder);
  // Other names of this form are AUFS's own.
  if (name.startsWith(`${WHITEOUT}${WHITEOUT}`)) return;
  const hidden = name.slice(WHITEOUT.length);
  if (hidden === "" || hidden === "." || hidden === "..") throw new Error(`${name} is a whiteout of nothing`);
  await tree.remove([...folder, hidden]);
}

async function makeRoom(tree: Tree, real: readonly string[], forFolder: boolean): Promise<void> {
  const found = await lstat(tree.at(real)).catch(() => undefined);
  if (found === undefined || (forFolder && found.isDirectory())) return;
  await tree.remove(real);
}

async function write(tree: Tree, real: readonly string[], entry: TarEntry, content: Readable): Promise<void> {
  const path = tree.at(real);
  switch (entry.type) {
    case "file":
    case "contiguous-file":
      return pipeline(content, createWriteStream(path, { flags: "wx" }));
    case "directory":
      await mkdir(path, { recursive: true });
      return;
    case "symlink":
      return symlink(tree.linkText(real.slice(0, -1), entry.linkname ?? ""), path);
    case "link":
      return writeLink(tree, real, entry);
    default:
      throw new Error(`${entry.name} is an entry of a type that images do not have`);
  }
}

async function writeLink(tree: Tree, real: readonly string[], { name, linkname }: TarEntry): Promise<void> {
  const target = inside(linkname ?? "", name);
  const folder = await tree.folder(target.slice(0, -1));
  const source = tree.at([...folder, target.at(-1) ?? ""]);
  const found = await lstat(source).catch(() => undefined);
  if (found === undefined) throw new Error(`${name} is a link to ${linkname}, which is not there`);
  if (!found.isSymbolicLink()) return link(source, tree.at(real));
  // Its text is relative to the folder that it lies in.
  const leadsTo = `/${folder.join("/")}/${await readlink(source)}`;
  return symlink(tree.linkText(real.slice(0, -1), leadsTo), tree.at(real));
}

async function setMetadata(tree: Tree, real: readonly string[], entry: TarEntry, owners: boolean): Promise<void> {
  if (entry.type === "link") return;
  const path = tree.at(real);
  if (owners) await lchown(path, entry.uid, entry.gid);
  if (entry.type === "symlink") return;
  if (entry.type === "directory") return tree.setMode(real, entry.mode & (owners ? 0o7777 : 0o1777));
  await chmod(path, entry.mode & (owners ? 0o7777 : 0o777));
  await utimes(path, entry.mtime, entry.mtime);
}
