import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { type FileEntry, fileLayer, type Image, makeImage } from "../../../src/xpkg/oci/index.js";
import { unpackDebian, unpackNode } from "./packages.js";
import { type Architecture, AUTHORITIES, isTaken, NODE_VERSION, WRITTEN_FILES } from "./recipe.js";

/** Of all files, and of the image: equal packages give equal images. */
const EPOCH = Date.UTC(2026, 0, 1) / 1000;
const CERTIFICATES = "etc/ssl/certs/ca-certificates.crt";

/** The image for one architecture, of packages that are unpacked below this folder. */
export async function buildImage(architecture: Architecture, folder: string): Promise<Image> {
  const node = join(folder, `node-${architecture.name}`);
  const debian = join(folder, `debian-${architecture.name}`);
  await unpackNode(architecture, node);
  const versions = await unpackDebian(architecture, debian);
  const labels = Object.entries(versions).map(([name, version]) => [`org.debian.package.${name}`, version]);
  return makeImage({
    platform: { os: "linux", architecture: architecture.name },
    layers: [
      await fileLayer(await debianEntries(debian), { mtime: EPOCH }),
      await fileLayer([await nodeEntry(node)], { mtime: EPOCH }),
    ],
    config: {
      User: "65532",
      Env: [
        "PATH=/nodejs/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        `SSL_CERT_FILE=/${CERTIFICATES}`,
      ],
      Entrypoint: ["/nodejs/bin/node"],
      WorkingDir: "/",
    },
    labels: { ...Object.fromEntries(labels), "org.nodejs.version": NODE_VERSION },
    created: EPOCH,
  });
}

async function nodeEntry(folder: string): Promise<FileEntry> {
  return { type: "file", path: "nodejs/bin/node", mode: 0o755, bytes: await readFile(join(folder, "bin/node")) };
}

async function debianEntries(folder: string): Promise<readonly FileEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const entries: FileEntry[] = [...FOLDERS];
  for (const entry of found) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (!isTaken(path)) continue;
    if (entry.isSymbolicLink()) entries.push({ type: "symlink", path, target: await readlink(join(folder, path)) });
    if (entry.isFile())
      entries.push({ type: "file", path, mode: modeOf(path), bytes: await readFile(join(folder, path)) });
  }
  const written = { ...WRITTEN_FILES, [CERTIFICATES]: await authorities(join(folder, AUTHORITIES)) };
  for (const [path, bytes] of Object.entries(written)) entries.push({ type: "file", path, bytes });
  return entries;
}

const FOLDERS: readonly FileEntry[] = [
  { type: "directory", path: "tmp", mode: 0o1777 },
  { type: "directory", path: "var/tmp", mode: 0o1777 },
  { type: "directory", path: "home/nonroot", mode: 0o700, uid: 65532, gid: 65532 },
  ...["dev", "proc", "run", "sys"].map((path) => ({ type: "directory", path }) as const),
];

/** The dynamic linker is a program too. */
function modeOf(path: string): number {
  return path.includes("/ld-linux") ? 0o755 : 0o644;
}

async function authorities(folder: string): Promise<string> {
  const files = (await readdir(folder)).sort();
  return (await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))).join("");
}
