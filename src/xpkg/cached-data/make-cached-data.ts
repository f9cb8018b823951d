import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { reason } from "../../runtime/reason.js";
import { FOLDER, NODE_FLAGS } from "../function-image.js";
import { saidBy } from "../said-by.js";
import { type CachedData } from "./cached-data.js";
import { interpreterOf } from "./interpreter-of.js";
import { maker } from "./loader.js";

/** A root file system with Node in it. */
export interface NodeRoot {
  /** The folder that it lies in. */
  readonly folder: string;
  /** Node's path in it, such as `/nodejs/bin/node`. */
  readonly node: string;
}

/**
 * What V8 makes of a program, made by the Node that will run it. The same program and Node give the same bytes.
 *
 * @throws Error where that Node does not run here, or the program does not start
 */
export async function makeCachedData(root: NodeRoot, program: string): Promise<CachedData> {
  const folder = await mkdtemp(join(tmpdir(), "trimtab-cache-"));
  try {
    await writeFile(join(folder, "maker.js"), maker(`/${FOLDER}/function.js`));
    await writeFile(join(folder, "function.js"), program);
    await runNode(root, [...DETERMINISTIC, ...NODE_FLAGS, join(folder, "maker.js")], folder);
    const [bytes, node] = await Promise.all([
      readFile(join(folder, "function.cache")),
      readFile(join(folder, "node-version"), "utf8"),
    ]);
    return { bytes, node };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runNode(root: NodeRoot, flags: readonly string[], cwd: string): Promise<void> {
  const [command = "", ...args] = await nodeCommand(root);
  try {
    // Nothing of this machine's settings for Node or its loader.
    await promisify(execFile)(command, [...args, ...flags], { cwd, env: {}, timeout: 60_000 });
  } catch (error) {
    const { stderr = "", code } = error as { readonly stderr?: string; readonly code?: number | string };
    throw new Error(`${root.node} fails: ${saidBy(stderr) ?? code ?? reason(error)}`, { cause: error });
  }
}

/**
 * V8 orders its tables by chance, but for a seed; and what it compiles aside is ready at one time or another. Of whoever
 * takes the data it asks for neither of these flags.
 */
const DETERMINISTIC = ["--random-seed=1", "--no-concurrent-sparkplug"];

/**
 * How to run Node from a folder that is not our root: by the dynamic loader of that folder, with its libraries. A process
 * whose root it were would need rights that nobody should have to build a package.
 */
export async function nodeCommand({ folder, node }: NodeRoot): Promise<readonly string[]> {
  const program = join(folder, node);
  const interpreter = await interpreterOf(program);
  if (interpreter === undefined) return [program];
  const libraries = LIBRARIES.flatMap((path) => [path, ...TRIPLETS.map((triplet) => `${path}/${triplet}`)])
    .map((path) => join(folder, path))
    .filter((path) => existsSync(path));
  return [join(folder, interpreter), "--library-path", libraries.join(":"), program];
}

const LIBRARIES = ["lib", "usr/lib", "lib64", "usr/lib64", "usr/local/lib"];
const TRIPLETS = ["x86_64-linux-gnu", "aarch64-linux-gnu"];
