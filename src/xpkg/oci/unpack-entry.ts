import {
  chmodSync,
  closeSync,
  lchownSync,
  linkSync,
  mkdirSync,
  openSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { type Readable } from "node:stream";
import { type TarEntry } from "./tar.js";
import { type Tree } from "./tree.js";

/** Applies one entry of a layer to a tree. */
export async function unpackEntry(tree: Tree, entry: TarEntry, content: Readable, owners: boolean): Promise<void> {
  const path = inside(entry.name, entry.name);
  const name = path.at(-1);
  if (name === undefined) return;
  const folder = tree.folder(path.slice(0, -1));
  if (name.startsWith(WHITEOUT)) return applyWhiteout(tree, folder, name);
  if (LEFT_OUT.has(entry.type)) return;
  const real = [...folder, name];
  makeRoom(tree, real, entry.type === "directory");
  await write(tree, real, entry, content);
  tree.wrote(real);
  setMetadata(tree, real, entry, owners);
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

function applyWhiteout(tree: Tree, folder: readonly string[], name: string): void {
  if (name === OPAQUE) tree.clear(folder);
  // Other names of this form are AUFS's own.
  if (name.startsWith(`${WHITEOUT}${WHITEOUT}`)) return;
  const hidden = name.slice(WHITEOUT.length);
  if (hidden === "" || hidden === "." || hidden === "..") throw new Error(`${name} is a whiteout of nothing`);
  tree.remove([...folder, hidden]);
}

function makeRoom(tree: Tree, real: readonly string[], forFolder: boolean): void {
  const found = tree.find(real);
  if (found === undefined || (forFolder && found.isDirectory())) return;
  tree.remove(real);
}

async function write(tree: Tree, real: readonly string[], entry: TarEntry, content: Readable): Promise<void> {
  switch (entry.type) {
    case "file":
    case "contiguous-file":
      return writeFile(tree.at(real), content);
    case "directory":
      mkdirSync(tree.at(real), { recursive: true });
      return;
    case "symlink":
      return symlinkSync(tree.linkText(real.slice(0, -1), entry.linkname ?? ""), tree.at(real));
    case "link":
      return writeLink(tree, real, entry);
    default:
      throw new Error(`${entry.name} is an entry of a type that images do not have`);
  }
}

/** Nothing is there that it could be written through. */
async function writeFile(path: string, content: Readable): Promise<void> {
  const file = openSync(path, "wx", 0o600);
  try {
    for await (const part of content) writeFileSync(file, part);
  } finally {
    closeSync(file);
  }
}

function writeLink(tree: Tree, real: readonly string[], { name, linkname }: TarEntry): void {
  const target = inside(linkname ?? "", name);
  const folder = tree.folder(target.slice(0, -1));
  const source = [...folder, target.at(-1) ?? ""];
  const found = tree.find(source);
  if (found === undefined) throw new Error(`${name} is a link to ${linkname}, which is not there`);
  if (!found.isSymbolicLink()) {
    linkSync(tree.at(source), tree.at(real));
    return;
  }
  // Its text is relative to the folder that it lies in.
  const leadsTo = `/${folder.join("/")}/${readlinkSync(tree.at(source))}`;
  symlinkSync(tree.linkText(real.slice(0, -1), leadsTo), tree.at(real));
}

function setMetadata(tree: Tree, real: readonly string[], entry: TarEntry, owners: boolean): void {
  if (entry.type === "link") return;
  const path = tree.at(real);
  if (owners) lchownSync(path, entry.uid, entry.gid);
  if (entry.type === "directory") tree.setMode(real, entry.mode & (owners ? 0o7777 : 0o1777));
  if (entry.type === "directory" || entry.type === "symlink") return;
  chmodSync(path, entry.mode & (owners ? 0o7777 : 0o777));
  utimesSync(path, entry.mtime, entry.mtime);
}
