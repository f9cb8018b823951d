import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { nodeCommand } from "./cached-data/make-cached-data.js";
import { FOLDER } from "./function-image.js";
import { type Image } from "./oci/index.js";

/** An image, and the folder that its root file system was extracted into. */
export interface ExtractedImage {
  readonly image: Image;
  readonly folder: string;
}

/**
 * Starts what an image runs, on this machine rather than in a container: its own program, by its own dynamic loader and
 * libraries, with its environment and nothing of ours. Nothing keeps it from looking at the rest of this machine.
 *
 * @param args go behind those of the image
 * @param node the Node to run a package of the toolkit's with, where the image's own does not run here
 * @throws Error where the image says of nothing to run
 */
export async function runImage(
  extracted: ExtractedImage,
  args: readonly string[],
  node?: string,
): Promise<ChildProcess> {
  const { folder, image } = extracted;
  const { Entrypoint, Cmd, Env = [], WorkingDir = "/" } = image.config.config ?? {};
  const [program, ...own] = [...(Entrypoint ?? []), ...(Cmd ?? [])];
  if (program === undefined) throw new Error("it says of nothing to run; it has to be the package of a Function");
  const command = node === undefined ? await nodeCommand({ folder, node: program }) : [node];
  const [executable = "", ...loader] = command;
  const cwd = join(folder, WorkingDir);
  return spawn(executable, [...loader, ...own.map((arg) => placed(arg, folder)), ...args], {
    cwd: existsSync(cwd) ? cwd : folder,
    env: environment(Env),
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Whether an image is of a package that this toolkit builds: any Node runs it. */
export function isOwnPackage({ image: { config } }: Pick<ExtractedImage, "image">): boolean {
  return config.config?.Entrypoint?.at(-1) === `/${FOLDER}/main.js`;
}

/** Paths of the image are below the folder here. */
function placed(arg: string, folder: string): string {
  return isAbsolute(arg) && existsSync(join(folder, arg)) ? join(folder, arg) : arg;
}

function environment(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const equals = entry.indexOf("=");
      return [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}
