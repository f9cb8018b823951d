import { existsSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * A temporary folder from where the same packages are found as from another one: folders within folders, each with one
 * of the `node_modules` that Node would look into.
 *
 * @returns the folder to remove when done, and the one within to import from
 */
export function standIn(folder: string): { readonly outer: string; readonly inner: string } {
  const outer = mkdtempSync(join(tmpdir(), "trimtab-"));
  let inner = outer;
  for (const packages of packagesAbove(folder)) {
    inner = join(inner, "in");
    mkdirSync(inner);
    symlinkSync(packages, join(inner, "node_modules"), "junction");
  }
  return { outer, inner };
}

/** The outermost first. */
function packagesAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  const own = join(folder, "node_modules");
  return [...(above === folder ? [] : packagesAbove(above)), ...(existsSync(own) ? [own] : [])];
}
