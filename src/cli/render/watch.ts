import { type Dirent, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { CONFIG_FILES, findConfig } from "../../project/find-config.js";
import { type LoadedProject, type ProjectLoader, projectLoader } from "../../project/load-project.js";
import { type IO } from "../io.js";
import { report } from "../report.js";
import { Changes } from "./changes.js";
import { type RenderRequest } from "./request.js";

/** What is done again and again. */
export interface Watched {
  /** What was done, as a message says it: `rendered`. */
  readonly done: string;
  /** Whether to show the stack of an error. */
  readonly debug: boolean;
  /** What it reads: files and folders, whether or not they are there. Of a folder what lies in it, not further down. */
  paths(): readonly string[];
  /** Does it. @param load loads the project that a folder is part of. Default: the one of the working directory */
  run(load: (folder?: string) => Promise<LoadedProject>): Promise<number>;
}

/**
 * Does something, and again whenever a file changes that was read for it, the TypeScript of projects included. Says on stderr
 * what changed and how long it took. Ends upon SIGINT or SIGTERM, without waiting for what is being done.
 */
export async function watch({ done, debug, paths, run }: Watched, io: IO): Promise<number> {
  const loaders = new Loaders();
  const load = (folder = io.cwd) => loaders.load(folder);
  const changes = new Changes(io.cwd, io.signals);
  try {
    for (let changed: string | undefined = ""; changed !== undefined; changed = await changes.next()) {
      const started = performance.now();
      // Before, so that nothing is missed that changes meanwhile; after, for what only doing it has told.
      changes.watch([...paths(), ...configsOf(io.cwd)]);
      const ran = attempt(() => run(load), io, debug);
      if ((await Promise.race([ran, changes.ended])) === undefined) return 0;
      changes.watch(paths(), loaders.files());
      const took = Math.round(performance.now() - started);
      io.stderr.write(`${changed ? `${changed} changed; ` : ""}${done} in ${took} ms; waiting for changes\n`);
    }
    return 0;
  } finally {
    changes.close();
    await loaders.close();
  }
}

/** A loader for each project, by the folder in which somebody looks for it. */
class Loaders {
  readonly #loaders = new Map<string, { readonly config: string | undefined; readonly loader: ProjectLoader }>();

  async load(folder: string): Promise<LoadedProject> {
    const config = findConfig(folder);
    const known = this.#loaders.get(folder);
    if (known && known.config === config) return known.loader.load();
    await known?.loader.close();
    this.#loaders.delete(folder);
    const loader = projectLoader(folder);
    this.#loaders.set(folder, { config, loader });
    return loader.load();
  }

  files(): ReadonlyMap<string, string> {
    return new Map([...this.#loaders.values()].flatMap(({ loader }) => [...loader.files()]));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#loaders.values()].map(({ loader }) => loader.close()));
  }
}

/** What is wrong now may be right after the next change. */
async function attempt(run: () => Promise<number>, io: IO, debug: boolean): Promise<number> {
  try {
    return await run();
  } catch (error) {
    return report(error, io, { debug });
  }
}

/** The configuration, and where a nearer one could be. */
function configsOf(cwd: string): readonly string[] {
  const config = findConfig(cwd);
  return config === undefined ? CONFIG_FILES : [...CONFIG_FILES, config];
}

/** What `trimtab render` reads. */
export function pathsOf(request: RenderRequest, cwd: string): readonly string[] {
  const { positionals, xrd, observed, required, extra, schemas, credentials, crds, diff, contextFiles } = request;
  const single = [xrd, observed, credentials, diff].filter((path) => path !== undefined);
  const folders = schemas === undefined ? [] : foldersBelow(resolve(cwd, schemas));
  return [...positionals, ...single, ...folders, ...required, ...extra, ...crds, ...contextFiles.values()];
}

/** A path, and where it is a folder, those within it. */
export function foldersBelow(path: string): readonly string[] {
  const within = readdirOf(path).filter((entry) => entry.isDirectory());
  return [path, ...within.flatMap(({ name }) => foldersBelow(join(path, name)))];
}

function readdirOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    // A file, or nothing that can be read: rendering says so.
    return [];
  }
}
