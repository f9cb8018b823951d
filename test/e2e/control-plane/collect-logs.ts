import { existsSync } from "node:fs";
import { cp, readdir } from "node:fs/promises";
import { basename, join } from "node:path";

/** Copies the logs of a control plane to where TRIMTAB_E2E_LOGS says, below the name of its folder; nowhere, where it does not. */
export async function collectLogs(folder: string): Promise<void> {
  const { TRIMTAB_E2E_LOGS: target } = process.env;
  if (!target) return;
  for (const file of await logsOf(folder)) await cp(join(folder, file), join(target, basename(folder), file));
}

async function logsOf(folder: string): Promise<readonly string[]> {
  const pods = join(folder, "kubelet/pods");
  const functions = existsSync(pods) ? await readdir(pods) : [];
  const programs = (await readdir(folder)).filter((file) => file.endsWith(".log"));
  const files = [...programs, "kubelet/kubelet.log", ...functions.map((name) => `kubelet/pods/${name}/log`)];
  return files.filter((file) => existsSync(join(folder, file)));
}
