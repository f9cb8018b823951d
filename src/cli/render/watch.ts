import { findConfig } from "../../project/find-config.js";
import { type LoadedProject, projectLoader } from "../../project/load-project.js";
import { type IO } from "../io.js";
import { report } from "../report.js";
import { Changes } from "./changes.js";
import { renderOnce } from "./render-once.js";
import { type RenderRequest } from "./request.js";

/**
 * Renders, and again whenever a file changes that was read for it, the project's own TypeScript included. Says on stderr
 * what changed and how long rendering took. Ends upon SIGINT or SIGTERM.
 */
export async function watch(request: RenderRequest, io: IO): Promise<number> {
  const config = findConfig(io.cwd);
  const loader = config === undefined ? undefined : projectLoader(io.cwd);
  let project: LoadedProject | undefined;
  const load = async () => {
    if (!loader) throw new Error("cannot find the project: there is no trimtab.config.ts");
    project = await loader.load();
    return project;
  };
  const changes = new Changes(io.cwd, io.signals);
  try {
    for (let changed: string | undefined = ""; changed !== undefined; ) {
      const started = performance.now();
      await attempt(() => renderOnce(request, io, load), io, request.debug);
      changes.watch([...pathsOf(request), ...(project?.files ?? []), ...(config ? [config] : [])]);
      const took = Math.round(performance.now() - started);
      io.stderr.write(`${changed ? `${changed} changed; ` : ""}rendered in ${took} ms; waiting for changes\n`);
      changed = await changes.next();
    }
    return 0;
  } finally {
    changes.close();
    await loader?.close();
  }
}

/** What is wrong now may be right after the next change. */
async function attempt(run: () => Promise<unknown>, io: IO, debug: boolean): Promise<void> {
  try {
    await run();
  } catch (error) {
    report(error, io, debug);
  }
}

function pathsOf(request: RenderRequest): readonly string[] {
  const { positionals, xrd, observed, required, extra, schemas, credentials, crds, diff, contextFiles } = request;
  const single = [xrd, observed, schemas, credentials, diff].filter((path) => path !== undefined);
  return [...positionals, ...single, ...required, ...extra, ...crds, ...contextFiles.values()];
}
