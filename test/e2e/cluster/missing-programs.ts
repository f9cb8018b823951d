import { existsSync } from "node:fs";
import { join } from "node:path";

/** What a control plane needs of this machine and does not find, each with its remedy. */
export function missingPrograms(): readonly string[] {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    return ["functions run in namespaces of their own, for which it has to be root on Linux"];
  }
  const missing = Object.entries(PROGRAMS).filter(([program]) => !isThere(program));
  return missing.map(([program, remedy]) => `${program} is not there: ${remedy}`);
}

const PROGRAMS = {
  go: "install Go 1.26, which builds Crossplane and Kubernetes once",
  setpriv: "apt-get install util-linux",
  unshare: "apt-get install util-linux",
  ip: "apt-get install iproute2",
  "docker-registry": "apt-get install docker-registry",
};

function isThere(program: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(":");
  return folders.some((folder) => existsSync(join(folder, program)));
}
