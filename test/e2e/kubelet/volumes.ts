import { chmod, lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type SecretVolume, type VolumeSpec } from "./deployment.js";

/** The data of a Secret; undefined where there is none of this name. */
export type ReadSecret = (name: string) => Promise<Readonly<Record<string, Buffer>> | undefined>;

/** Makes the folders of these volumes, and brings those of Secrets to what the Secrets are now. Throws for what lacks. */
export async function refreshVolumes(
  folder: string,
  volumes: readonly VolumeSpec[],
  readSecret: ReadSecret,
): Promise<void> {
  for (const { name, secret, emptyDir } of volumes) {
    if (!secret && !emptyDir) throw new Error(`cannot mount volume ${name}: it is neither a Secret nor an emptyDir`);
    const target = join(folder, name);
    await mkdir(target, { recursive: true });
    if (emptyDir) await chmod(target, 0o777);
    if (!secret) continue;
    const files = filesOf(name, secret, await readSecret(secret.secretName));
    await writeAtOnce(target, files, secret.defaultMode ?? 0o644);
  }
}

type Files = Readonly<Record<string, Buffer>>;

function filesOf(volume: string, { secretName, items, optional = false }: SecretVolume, data?: Files): Files {
  if (!data && !optional) throw new Error(`cannot mount volume ${volume}: there is no Secret ${secretName}`);
  if (!data || !items) return data ?? {};
  const files: Record<string, Buffer> = {};
  for (const { key, path } of items) {
    const content = data[key];
    if (!content && !optional) throw new Error(`cannot mount volume ${volume}: Secret ${secretName} has no key ${key}`);
    if (content) files[path] = content;
  }
  return files;
}

/**
 * Puts these files into a folder all at once, as kubelet does: `FILE` leads to `..data/FILE`, and `..data` to a folder
 * that is written anew and put in the place of the last one. Who reads several sees them of one time.
 */
async function writeAtOnce(folder: string, files: Files, mode: number): Promise<void> {
  const data = join(folder, "..data");
  const old = await readlink(data).catch(() => undefined);
  if (old !== undefined && (await holds(join(folder, old), files))) return;
  const now = `..${process.hrtime.bigint()}`;
  await mkdir(join(folder, now));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, now, path)), { recursive: true });
    await writeFile(join(folder, now, path), content, { mode });
  }
  await symlink(now, `${data}_tmp`);
  await rename(`${data}_tmp`, data);
  await showAll(folder, [...new Set(Object.keys(files).map((path) => path.split("/")[0] ?? path))]);
  if (old !== undefined) await rm(join(folder, old), { recursive: true });
}

async function holds(folder: string, files: Files): Promise<boolean> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  if (found.filter((entry) => entry.isFile()).length !== Object.keys(files).length) return false;
  const same = Object.entries(files).map(async ([path, content]) => {
    const there = await readFile(join(folder, path)).catch(() => undefined);
    return there?.equals(content) ?? false;
  });
  return (await Promise.all(same)).every(Boolean);
}

async function showAll(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const link = join(folder, name);
    if (!(await lstat(link).catch(() => undefined))) await symlink(join("..data", name), link);
  }
  for (const name of await readdir(folder)) {
    if (!name.startsWith("..") && !names.includes(name)) await rm(join(folder, name));
  }
}
