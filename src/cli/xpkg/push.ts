import { readdirSync } from "node:fs";
import { type Image, makeIndex, parseReference, type Reference } from "../../xpkg/oci/index.js";
import { isMetadata, objectsIn } from "../../xpkg/package-objects.js";
import { readPackage } from "../../xpkg/read-package.js";
import { occurrences } from "../check-arguments.js";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { UsageError } from "../usage-error.js";
import { openPackage } from "./open-package.js";
import { registryOf } from "./registry-of.js";

const FLAGS = {
  reference: {
    type: "positional",
    required: true,
    description: "Where to push to, such as ghcr.io/acme/function-bucket:v1.0.0.",
  },
  "package-files": {
    type: "string",
    alias: "f",
    valueHint: "file,…",
    description: "The package's files, which become an index if they are several. Default: the only .xpkg here.",
  },
  "mount-from": {
    type: "string",
    valueHint: "repository,…",
    description: "Repositories of that registry which may have layers already. The base image's is known.",
  },
} as const;

/** `trimtab xpkg push -f FILE[,FILE…] REFERENCE` */
export function push(io: IO) {
  return command({
    name: "push",
    description: "Push a package to a registry, and print its reference with the digest.",
    args: FLAGS,
    async run(args, raw) {
      const reference = parseReference(args.reference);
      const said = listed(raw, "package-files");
      const files = said.length > 0 ? said : [onlyFile(io.cwd)];
      const images = (await Promise.all(files.map((file) => openPackage(file, io)))).flat();
      await checkOne(images, files.join(" and "));
      warnOfTag(reference, io);
      const [first, ...others] = images;
      const value = first !== undefined && others.length === 0 ? first : makeIndex(images);
      const mountFrom = [...listed(raw, "mount-from"), ...baseRepositories(images, reference)];
      const { digest } = await registryOf(io).push(value, reference, { mountFrom: [...new Set(mountFrom)] });
      io.stdout.write(`${reference.registry}/${reference.repository}@${digest}\n`);
      return 0;
    },
  });
}

/** What a flag lists, which may be given several times, each time with commas. */
function listed(raw: readonly string[], name: keyof typeof FLAGS): readonly string[] {
  const values = occurrences(raw, FLAGS, name).flatMap((value) => value.split(","));
  return values.map((value) => value.trim()).filter((value) => value !== "");
}

function onlyFile(cwd: string): string {
  const [only, ...others] = readdirSync(cwd).filter((name) => name.endsWith(".xpkg"));
  if (only !== undefined && others.length === 0) return only;
  const found = only === undefined ? "is no .xpkg" : `are ${others.length + 1} of them`;
  throw new UsageError(`the flag -f is missing, and there ${found} in this folder`);
}

/** An index of several packages, or of two versions of one, would be taken for what it is not. */
async function checkOne(images: readonly Image[], files: string): Promise<void> {
  const names = await Promise.all(images.map((image) => nameOf(image, files)));
  const other = names.findIndex((name) => name !== names[0]);
  if (other < 0) return;
  throw new Error(
    `cannot push ${files} as one: they are ${names[0]} and ${names[other]}; push each to a repository of its own`,
  );
}

async function nameOf(image: Image, files: string): Promise<string> {
  const objects = await readPackage(image).catch((error: Error) => {
    throw new Error(`cannot push ${files}: ${error.message}`, { cause: error });
  });
  const metadata = objectsIn("package.yaml", objects).find(isMetadata);
  const version = image.config.config?.Labels?.["org.opencontainers.image.version"];
  return [metadata?.kind, metadata?.metadata.name, ...(version === undefined ? [] : [version])].join(" ");
}

function warnOfTag({ tag, text }: Reference, { stderr }: IO): void {
  if (tag === undefined || /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(tag)) return;
  stderr.write(`trimtab: ${text}: Crossplane finds a dependency by tags that are versions, such as v1.0.0\n`);
}

/** The repositories of the same registry that images were made from. */
function baseRepositories(images: readonly Image[], { registry }: Reference): readonly string[] {
  return images.flatMap(({ config }) => {
    const name = config.config?.Labels?.["org.opencontainers.image.base.name"];
    if (name === undefined) return [];
    const base = parseReference(name);
    return base.registry === registry ? [base.repository] : [];
  });
}
