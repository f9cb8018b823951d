import { type Dirent, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { CONFIG_FILES, findConfig } from "../../project/find-config.js";
import { type ProjectLoader, projectLoader } from "../../project/load-project.js";
import { type IO } from "../io.js";
import { report } from "../report.js";
import { Changes } from "./changes.js";
import { renderOnce } from "./render-once.js";
import { type RenderRequest } from "./request.js";

/**
 * Renders, and again whenever a file changes that was read for it, the project's own TypeScript included. Says on stderr
 * what changed and how long rendering took. Ends upon SIGINT or SIGTERM, without waiting for what is being rendered.
 */
export async function watch(request: RenderRequest, io: IO): Promise<number> {
  let loader: ProjectLoader | undefined;
  let config: string | undefined;
  const load = async () => {
    if (!loader || config !== findConfig(io.cwd)) {
      await loader?.close();
      loader = undefined;
      config = findConfig(io.cwd);
      loader = projectLoader(io.cwd);
    }
    return loader.load();
  };
  const changes = new Changes(io.cwd, io.signals);
  try {
    for (let changed: string | undefined = ""; changed !== undefined; changed = await changes.next()) {
      const started = performance.now();
      // Before, so that nothing is missed that changes meanwhile; after, for what only rendering has told.
      changes.watch([...pathsOf(request, io.cwd), ...configsOf(io.cwd)]);
      const rendered = attempt(() => renderOnce(request, io, load), io, request.debug);
      if ((await Promise.race([rendered, changes.ended])) === undefined) return 0;
      changes.watch(pathsOf(request, io.cwd), loader?.files());
      const took = Math.round(performance.now() - started);
      io.stderr.write(`${changed ? `${changed} changed; ` : ""}rendered in ${took} ms; waiting for changes\n`);
    }
    return 0;
  } finally {
    changes.close();
    await loader?.close();
  }
}

/** What is wrong now may be right after the next change. */
async function attempt(run: () => Promise<number>, io: IO, debug: boolean): Promise<number> {
  try {
    return await run();
  } catch (error) {
    return report(error, io, debug);
  }
}

/** The configuration, and where a nearer one could be. */
function configsOf(cwd: string): readonly string[] {
  const config = findConfig(cwd);
  return config === undefined ? CONFIG_FILES : [...CONFIG_FILES, config];
}

function pathsOf(request: RenderRequest, cwd: string): readonly string[] {
  const { positionals, xrd, observed, required, extra, schemas, credentials, crds, diff, contextFiles } = request;
  const single = [xrd, observed, credentials, diff].filter((path) => path !== undefined);
  const folders = schemas === undefined ? [] : foldersBelow(resolve(cwd, schemas));
  return [...positionals, ...single, ...folders, ...required, ...extra, ...crds, ...contextFiles.values()];
}

/** A path, and where it is a folder, those within it. */
function foldersBelow(path: string): readonly string[] {
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
