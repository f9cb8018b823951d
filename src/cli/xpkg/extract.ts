import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { reason } from "../../runtime/reason.js";
import { hostPlatform } from "../../xpkg/host-platform.js";
import { extractImage, type Image, imageFor, makeIndex, type Platform, parsePlatform } from "../../xpkg/oci/index.js";
import { readExamples, readPackage } from "../../xpkg/read-package.js";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { openPackage } from "./open-package.js";

/** `trimtab xpkg extract FILE|REFERENCE -o DIR` */
export function extract(io: IO) {
  return command({
    name: "extract",
    description: "Write what is in a package into a folder.",
    args: {
      package: {
        type: "positional",
        required: true,
        description: "A file, a folder with an OCI layout, or a reference in a registry.",
      },
      output: { type: "string", alias: "o", valueHint: "folder", required: true, description: "Where to write." },
      rootfs: { type: "boolean", description: "Write the root file system too, into rootfs." },
      platform: {
        type: "string",
        valueHint: "os/arch",
        description: "Whose root file system. Default: this machine's, on Linux; or the only one.",
      },
    },
    async run({ package: source, output, rootfs, platform }) {
      const folder = resolve(io.cwd, output);
      const wanted = platform === undefined ? undefined : parsePlatform(platform);
      const images = await openPackage(source, io);
      const [first] = images;
      const image = rootfs || wanted ? chosen(images, wanted, source) : first;
      if (image === undefined) throw new Error(`cannot extract ${source}: there is no image in it`);
      const written = await extracting(source, () => write(image, folder, rootfs === true));
      for (const name of written) io.stdout.write(`${join(output, name)}\n`);
      return 0;
    },
  });
}

function chosen(images: readonly Image[], platform: Platform | undefined, source: string): Image {
  const [only, ...others] = images;
  if (platform === undefined && only !== undefined && others.length === 0) return only;
  return imageFor(makeIndex(images), platform ?? { ...hostPlatform(), os: "linux" }, source);
}

async function write(image: Image, folder: string, withRoot: boolean): Promise<readonly string[]> {
  const root = join(folder, "rootfs");
  if (withRoot && existsSync(root) && readdirSync(root).length > 0) {
    throw new Error(`${root} is not empty; say another folder`);
  }
  const texts = { "package.yaml": await readPackage(image), "examples.yaml": await readExamples(image) };
  mkdirSync(folder, { recursive: true });
  const written = Object.entries(texts).flatMap(([name, text]) => {
    if (text === undefined) return [];
    writeFileSync(join(folder, name), text);
    return [name];
  });
  if (!withRoot) return written;
  await extractImage(image, root);
  return [...written, "rootfs"];
}

async function extracting<T>(source: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new Error(`cannot extract ${source}: ${reason(error)}`, { cause: error });
  }
}
