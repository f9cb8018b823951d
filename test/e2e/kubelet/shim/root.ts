import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Container } from "./protocol.js";

const DEVICES = ["null", "zero", "full", "random", "urandom"];
const LINKS = { fd: "/proc/self/fd", stdin: "/proc/self/fd/0", stdout: "/proc/self/fd/1", stderr: "/proc/self/fd/2" };

/**
 * Mounts the root of a container: the image, above it a scratch layer in memory, /dev, and the volumes. Returns its folder.
 * All of it is in this process's mount namespace, and gone with it.
 */
export function assembleRoot({ image, scratch, hostname, mounts, readOnly }: Container): string {
  mount("-t", "tmpfs", "-o", "mode=755", "scratch", scratch);
  const [root, upper, work] = ["root", "upper", "work"].map((name) => join(scratch, name)) as [string, string, string];
  for (const folder of [root, upper, work]) mkdirSync(folder);
  mount("-t", "overlay", "-o", `lowerdir=${image},upperdir=${upper},workdir=${work}`, "root", root);

  folderIn(root, "/proc");
  mountDevices(folderIn(root, "/dev"));
  // Whatever the image has there, a link included, is not written to.
  const hosts = join(folderIn(root, "/etc"), "hosts");
  rmSync(hosts, { force: true });
  writeFileSync(hosts, `127.0.0.1 localhost\n::1 localhost\n127.0.0.1 ${hostname}\n`);
  for (const { path, source, readOnly } of mounts) {
    const target = folderIn(root, path);
    mount("--bind", source, target);
    mount("-o", `remount,bind,nosuid,nodev,${readOnly ? "ro" : "rw"}`, target);
  }
  if (readOnly) mount("-o", "remount,ro", root);
  return root;
}

function mountDevices(dev: string): void {
  mount("-t", "tmpfs", "-o", "mode=755,nosuid", "dev", dev);
  for (const device of DEVICES) {
    writeFileSync(join(dev, device), "");
    mount("--bind", join("/dev", device), join(dev, device));
  }
  for (const [name, target] of Object.entries(LINKS)) symlinkSync(target, join(dev, name));
  mkdirSync(join(dev, "shm"));
  mount("-t", "tmpfs", "-o", "mode=1777,nosuid,nodev,size=64m", "shm", join(dev, "shm"));
}

/** A folder of the root, made if need be. Refuses links, which would lead out of it. */
function folderIn(root: string, path: string): string {
  let folder = root;
  for (const name of path.split("/").filter(Boolean)) {
    folder = join(folder, name);
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (!stats) mkdirSync(folder);
    if (stats && !stats.isDirectory()) {
      throw new Error(`cannot mount ${path}: the image has something else than a folder on the way there`);
    }
  }
  return folder;
}

function mount(...args: readonly string[]): void {
  execFileSync("mount", args, { stdio: ["ignore", "ignore", "pipe"] });
}
