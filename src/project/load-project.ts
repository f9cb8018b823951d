import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Bundle, type Bundler } from "./bundle.js";
import { type StoredBundle, storeBundle, storedBundle } from "./bundle-cache.js";
import { defineProject, type Project, type ProjectDefinition } from "./define-project.js";
import { CONFIG_FILES, findConfig } from "./find-config.js";

/** A project, and where it is. */
export interface LoadedProject {
  readonly project: Project;
  /** The folder of its configuration. What is generated lies below. */
  readonly root: string;
  /** The configuration's path. */
  readonly file: string;
  /** The paths of the files that the project is made of, packages aside. */
  readonly files: readonly string[];
}

/** Loads a project, and again once its files have changed. */
export interface ProjectLoader {
  /** The project as its files are now. @throws as {@link loadProject} does */
  load(): Promise<LoadedProject>;
  close(): Promise<void>;
}

/**
 * Loads the project that a folder is part of, with the TypeScript that its configuration imports.
 *
 * What was made of it is kept in `.trimtab/cache` beside the configuration, where that can be written.
 *
 * @throws Error that names the file: where there is none, where it does not load, and where it exports something else
 */
export async function loadProject(folder: string): Promise<LoadedProject> {
  const loader = projectLoader(folder);
  try {
    return await loader.load();
  } finally {
    await loader.close();
  }
}

/** A loader for who loads a project several times. @throws Error where there is none */
export function projectLoader(folder: string): ProjectLoader {
  const file = findConfig(folder);
  if (file === undefined) {
    const name = CONFIG_FILES[0];
    throw new Error(`cannot find the project: there is no ${name} in ${folder} or above; write one with defineProject`);
  }
  const root = dirname(file);
  let bundler: Promise<Bundler> | undefined;
  const bundle = async (): Promise<Bundle> => {
    bundler ??= import("./bundle.js").then((module) => module.bundler(file, root));
    return (await bundler).bundle();
  };
  return {
    async load() {
      const { definition, files } = await load(file, root, bundle);
      return { project: defined(file, definition), root, file, files: files.map((each) => join(root, each)) };
    },
    close: async () => (await bundler)?.close(),
  };
}

interface Loaded {
  /** The default export; undefined if there is none. */
  readonly definition: unknown;
  readonly files: readonly string[];
}

async function load(file: string, root: string, bundle: () => Promise<Bundle>): Promise<Loaded> {
  try {
    const stored: StoredBundle = storedBundle(root, VERSION) ?? storeBundle(root, await bundle(), VERSION);
    const module = (await import(pathToFileURL(stored.path).href)) as { readonly default?: unknown };
    return { definition: module.default, files: stored.files };
  } catch (error) {
    throw new Error(`cannot load ${basename(file)} in ${root}: ${messageOf(error)}`, { cause: error });
  }
}

/** Changes with how a project is bundled, so that no older bundle counts. */
const VERSION = "1";

function defined(file: string, definition: unknown): Project {
  if (definition === undefined) {
    throw new Error(`cannot use ${file}: it has no default export; write export default defineProject({ … })`);
  }
  try {
    return defineProject(definition as ProjectDefinition);
  } catch (error) {
    throw new Error(`cannot use ${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** A configuration is anybody's code, and may throw anything. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
