import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The programs that build.sh makes, each with the Go module that it comes from. */
const MODULES = {
  crossplane: "cli",
  "crossplane-core": "core",
  etcd: "etcd",
  "kube-apiserver": "kube",
  "kube-controller-manager": "kube",
  kubectl: "kube",
  "yaml-oracle": "yaml",
} as const;

export type Tool = keyof typeof MODULES;

/**
 * Where these programs are. What is not in the cache yet is built first: minutes the first time, an instant afterwards.
 * Needs Go, and says so if it is not there.
 */
export async function tools<T extends Tool>(names: readonly T[]): Promise<Readonly<Record<T, string>>> {
  const paths: Partial<Record<T, string>> = {};
  for (const name of names) paths[name] = join(await built(MODULES[name]), name);
  return paths as Record<T, string>;
}

/** A CustomResourceDefinition of Crossplane's core, in the release that render runs: the file that has it. */
export async function crossplaneCRD(name: string): Promise<string> {
  return join(await crossplaneSource(), "cluster/crds", `${name}.yaml`);
}

/** The folder of the source of Crossplane's core, with its CRDs, webhooks and chart in `cluster`. */
export async function crossplaneSource(): Promise<string> {
  const cwd = fileURLToPath(new URL("core", import.meta.url));
  const download = ["mod", "download", "-json", "github.com/crossplane/crossplane/v2"];
  const { stdout } = await promisify(execFile)("go", download, { cwd });
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}

const folders = new Map<string, Promise<string>>();

/** The folder of programs, once those of `module` are in it. */
function built(module: string): Promise<string> {
  const folder = folders.get(module) ?? build(module);
  folders.set(module, folder);
  return folder;
}

async function build(module: string): Promise<string> {
  const script = fileURLToPath(new URL("build.sh", import.meta.url));
  const building = promisify(execFile)("bash", [script, module]);
  building.child.stderr?.pipe(process.stderr, { end: false });
  const { stdout } = await building;
  return stdout.trim();
}
