import { basename, dirname, join } from "node:path";
import { createJiti } from "jiti";
import { defineProject, type Project, type ProjectDefinition } from "./define-project.js";
import { CONFIG_FILES, findConfig } from "./find-config.js";

/** A project, and where it is. */
export interface LoadedProject {
  readonly project: Project;
  /** The folder of its configuration. What is generated lies below. */
  readonly root: string;
  /** The configuration's path. */
  readonly file: string;
}

/**
 * Loads the project that a folder is part of, with the TypeScript that its configuration imports.
 *
 * What was transpiled is kept in `.trimtab/cache` beside the configuration, where that can be written.
 *
 * @throws Error that names the file: where there is none, where it does not load, and where it exports something else
 */
export async function loadProject(folder: string): Promise<LoadedProject> {
  const file = findConfig(folder);
  if (file === undefined) {
    const name = CONFIG_FILES[0];
    throw new Error(`cannot find the project: there is no ${name} in ${folder} or above; write one with defineProject`);
  }
  const root = dirname(file);
  const definition = await load(file, root);
  if (definition === undefined) {
    throw new Error(`cannot use ${file}: it has no default export; write export default defineProject({ … })`);
  }
  try {
    return { project: defineProject(definition as ProjectDefinition), root, file };
  } catch (error) {
    throw new Error(`cannot use ${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** The default export of a module; undefined if it has none. */
async function load(file: string, root: string): Promise<unknown> {
  // A folder of the project's own rather than one below /tmp, which others may write to.
  const jiti = createJiti(file, { fsCache: join(root, ".trimtab", "cache"), interopDefault: false });
  try {
    const module = await jiti.import<{ readonly default?: unknown }>(file);
    return module.default;
  } catch (error) {
    throw new Error(`cannot load ${basename(file)} in ${root}: ${messageOf(error)}`, { cause: error });
  }
}

/** A configuration is anybody's code, and may throw anything. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
