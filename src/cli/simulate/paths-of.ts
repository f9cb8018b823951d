import { resolve } from "node:path";
import { foldersBelow } from "../render/watch.js";
import { type SimulateRequest } from "./request.js";

/** The paths that a command line names, which may hold anything or nothing. */
export function pathsOf(request: SimulateRequest, cwd: string): readonly string[] {
  const { positionals, later, faults, observed, required, schemas, xrd, crds, credentials } = request;
  const single = [faults, observed, xrd, credentials].filter((path) => path !== undefined);
  const folders = schemas === undefined ? [] : foldersBelow(resolve(cwd, schemas));
  const stages = later.flatMap((stage) => (stage.does === "delete" ? [] : [stage.path]));
  return [...positionals, ...stages, ...single, ...folders, ...required, ...crds];
}
