import { statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../usage-error.js";
import { isFolder, readFirst } from "./manifest-file.js";

/** What the arguments of a command line are. */
export interface Positionals {
  /** Files and folders, one at least. */
  readonly xrs: readonly string[];
  readonly composition: string | undefined;
  readonly functions: string | undefined;
}

/**
 * Tells XRs, COMPOSITION and FUNCTIONS apart: the first file that holds a Composition is it, before it are XRs, after it
 * are the Functions. Without one they are all XRs, if a project has Compositions for them; or else the second is meant to be
 * the Composition, as in `crossplane composition render`.
 *
 * @throws UsageError where something is missing, surplus or no file
 */
export function sortPositionals(cwd: string, given: readonly string[], hasProject: boolean): Positionals {
  const [first, second] = given;
  if (first === undefined) throw new UsageError("the argument XR is missing");
  const index = given.findIndex((path, at) => at > 0 && isComposition(cwd, path));
  if (index < 0 && hasProject) {
    for (const path of given) checkExists(cwd, path, "XR");
    return { xrs: given, composition: undefined, functions: undefined };
  }
  const at = index < 0 ? 1 : index;
  const [xrs, composition, [functions, surplus]] = [given.slice(0, at), given[at], given.slice(at + 1)];
  if (surplus !== undefined) throw new UsageError(`the argument ${JSON.stringify(surplus)} is one too many`);
  for (const path of xrs) checkExists(cwd, path, "XR");
  if (second === undefined || composition === undefined) {
    throw new UsageError("the argument COMPOSITION is missing, and there is no trimtab.config.ts to find one in");
  }
  checkFile(cwd, composition, "COMPOSITION");
  return { xrs, composition, functions };
}

/** @throws UsageError */
export function checkFile(cwd: string, path: string, what: string): void {
  checkExists(cwd, path, what);
  if (isFolder(cwd, path)) throw new UsageError(`${what} must be a file: ${path} is a folder`);
}

function checkExists(cwd: string, path: string, what: string): void {
  if (path !== "" && statSync(resolve(cwd, path), { throwIfNoEntry: false })) return;
  throw new UsageError(`${what} must be a file: there is no ${path || JSON.stringify(path)}`);
}

function isComposition(cwd: string, path: string): boolean {
  if (!statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isFile()) return false;
  try {
    const { value } = readFirst(cwd, path).document;
    return (
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      (value as { readonly kind?: unknown }).kind === "Composition"
    );
  } catch {
    // What is no YAML is reported by who reads it for what it is meant to be.
    return false;
  }
}
