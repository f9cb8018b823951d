import { execFile } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Architecture, DEBIAN_PACKAGES, DEBIAN_SOURCES, NODE_VERSION } from "./recipe.js";

const run = promisify(execFile);
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Unpacks npm's package of Node into a folder. Throws if it is not the one that the recipe names. */
export async function unpackNode({ node, integrity }: Architecture, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = `${node}@${NODE_VERSION}`;
  const { stdout } = await run("npm", ["pack", name, "--json", "--pack-destination", folder], { maxBuffer: 1 << 26 });
  const [packed] = JSON.parse(stdout) as readonly { readonly filename: string; readonly integrity: string }[];
  if (packed?.integrity !== integrity) {
    throw new Error(`cannot use ${name}: its integrity is ${packed?.integrity}, not ${integrity}`);
  }
  await run("tar", ["-xzf", join(folder, packed.filename), "-C", folder, "--strip-components=1", "package/bin/node"]);
}

/**
 * Unpacks Debian's packages for this architecture into a folder, without installing them, by an apt that knows nothing of
 * this machine's packages. Returns the version of each.
 */
export async function unpackDebian({ name }: Architecture, folder: string): Promise<Readonly<Record<string, string>>> {
  const state = `${folder}.apt`;
  for (const needed of ["lists/partial", "archives/partial"]) await mkdir(join(state, needed), { recursive: true });
  await writeFile(join(state, "status"), "");
  const sources = DEBIAN_SOURCES.map((source) => `deb [arch=${name} signed-by=${KEYRING}] ${source}\n`);
  await writeFile(join(state, "sources.list"), sources.join(""));

  const apt = (...args: readonly string[]) => run("apt-get", [...options(name, state), ...args], { cwd: state });
  await apt("update", "--error-on=any");
  await apt("download", ...DEBIAN_PACKAGES);
  const versions: Record<string, string> = {};
  for (const file of (await readdir(state)).filter((file) => file.endsWith(".deb")).sort()) {
    await run("dpkg-deb", ["-x", join(state, file), folder]);
    // NAME_VERSION_ARCHITECTURE.deb, the colon of an epoch escaped.
    const [debian = "", version = ""] = decodeURIComponent(file).split("_");
    versions[debian] = version;
  }
  return versions;
}

function options(architecture: string, state: string): readonly string[] {
  const settings = {
    "Dir::State": state,
    "Dir::State::status": join(state, "status"),
    "Dir::Cache": state,
    "Dir::Etc::sourcelist": join(state, "sources.list"),
    "Dir::Etc::sourceparts": "-",
    "APT::Architecture": architecture,
    "APT::Architectures": architecture,
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
  };
  return ["-q", ...Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`])];
}
