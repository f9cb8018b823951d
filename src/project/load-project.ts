import { rmSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Bundler } from "./bundle.js";
import { type StoredBundle, storeBundle, storedBundle } from "./bundle-cache.js";
import { defineProject, type Project, type ProjectDefinition } from "./define-project.js";
import { CONFIG_FILES, findConfig } from "./find-config.js";
import { stampOf } from "./stamp.js";

/** A project, and where it is. */
export interface LoadedProject {
  readonly project: Project;
  /** The folder of its configuration. What is generated lies below. */
  readonly root: string;
  /** The configuration's path. */
  readonly file: string;
}

/** Loads a project, and again once its files have changed. */
export interface ProjectLoader {
  /** The project as its files are now. @throws as {@link loadProject} does */
  load(): Promise<LoadedProject>;
  /**
   * The files that decide what the project is, packages aside, by path, and how they were before they were last read:
   * what `stampOf` said. Where it could not be loaded, those that it failed with; one that was not there has no stamp.
   */
  files(): ReadonlyMap<string, string>;
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
  let files: ReadonlyMap<string, string> = new Map([[file, stampOf(file)]]);
  const store = async (): Promise<StoredBundle> => {
    bundler ??= import("./bundle.js").then((module) => module.bundler(file, root));
    const made = await bundler;
    try {
      return storeBundle(root, await made.bundle(), VERSION);
    } finally {
      files = made.files();
    }
  };
  return {
    async load() {
      const definition = await loading(file, async () => {
        const stored = storedBundle(root, VERSION) ?? (await store());
        files = stored.files;
        return defaultExport(stored);
      });
      return { project: defined(file, definition), root, file };
    },
    files: () => new Map([...files].map(([path, stamp]) => [resolve(root, path), stamp])),
    close: async () => (await bundler)?.close(),
  };
}

/** Changes with how a project is bundled, so that no older bundle counts. */
const VERSION = "2";

async function loading<T>(file: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new Error(`cannot load ${basename(file)} in ${dirname(file)}: ${messageOf(error)}`, { cause: error });
  }
}

/** What a module exports by default; undefined if it does not. */
async function defaultExport({ path, temporary }: StoredBundle): Promise<unknown> {
  const { href } = pathToFileURL(path);
  const times = failures.get(href) ?? 0;
  try {
    const url = times === 0 ? href : `${href}?${times}`;
    return ((await import(url)) as { readonly default?: unknown }).default;
  } catch (error) {
    failures.set(href, times + 1);
    throw error;
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
}

/** How often a module failed, by URL. Node does not try the same URL again, although what it imports may be right by now. */
const failures = new Map<string, number>();

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
