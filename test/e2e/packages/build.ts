import { readdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/cli/run.js";
import { fakeIO } from "../../support/fake-io.js";
import { repository } from "../../support/repository.js";

/** What is installed, and what it is upgraded to. */
export const VERSIONS = ["v0.1.0", "v0.2.0"] as const;

export type Version = (typeof VERSIONS)[number];

/** The packages that are installed, and where this project publishes them. */
export const PUBLISHED = {
  "configuration-xbucket": "registry.example.org/trimtab/configuration-xbucket",
  "function-bucket": "registry.example.org/trimtab/function-bucket",
  "function-identity": "registry.example.org/trimtab/function-identity",
} as const;

export type PackageName = keyof typeof PUBLISHED;

/** Builds this project's packages as anybody would, for this machine's platform, on a base that needs no network. */
export async function buildPackages(
  folder: string,
  { base, version }: { readonly base: string; readonly version: Version },
): Promise<void> {
  const platform = `linux/${process.arch === "x64" ? "amd64" : process.arch}`;
  const flags = ["--base", base, "--version", version, "--platform", platform, "--output", folder];
  await trimtab("xpkg", "build", ...Object.keys(PUBLISHED), ...flags);
}

/** The files of a package in a version. */
export function packageFiles(folder: string, name: PackageName, version: Version): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}-${version}`))
    .map((file) => join(folder, file));
}

/** Runs the command line in this repository. Returns what it printed. @throws Error with what it said instead */
export async function trimtab(...args: readonly string[]): Promise<string> {
  const io = fakeIO({ cwd: repository });
  const code = await run(args, io);
  if (code !== 0) throw new Error(`trimtab ${args.join(" ")} ends with ${code}: ${io.text("stderr")}`);
  return io.text("stdout");
}
