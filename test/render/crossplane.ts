import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { tools } from "../tools/index.js";
import { inStableOrder } from "./both/stable-order.js";

/** The files of one `crossplane composition render`. */
export interface RenderFiles {
  readonly xr: string;
  readonly composition: string;
  /** Functions that are listening; see {@link import("./serve-functions.js").serveFunctions}. */
  readonly functions: string;
  /** The XRD, for defaults and for whether the XR is a legacy one. Default: no defaults, and a v2 XR. */
  readonly xrd?: string | undefined;
  /** Default: nothing is observed. */
  readonly observed?: string | undefined;
  /** What functions may require. Default: nothing. */
  readonly required?: string | undefined;
  /** Further flags. Default: none. */
  readonly flags?: readonly string[];
}

/**
 * What the real CLI prints, rendered by the real core without Docker, in stable order. Throws with what it says on stderr.
 */
export async function renderWithCrossplane(files: RenderFiles): Promise<string> {
  const { xr, composition, functions, xrd, observed, required, flags = [] } = files;
  const { crossplane, "crossplane-core": core } = await tools(["crossplane", "crossplane-core"]);
  const args = [
    ...["composition", "render", xr, composition, functions, `--crossplane-binary=${core}`],
    ...(xrd === undefined ? [] : [`--xrd=${xrd}`]),
    ...(observed === undefined ? [] : [`--observed-resources=${observed}`]),
    ...(required === undefined ? [] : [`--required-resources=${required}`]),
    ...flags,
  ];
  const { stdout } = await promisify(execFile)(crossplane, args, { maxBuffer: 64 * 1024 * 1024 });
  return inStableOrder(stdout);
}

/** Builds a package from its root, as `crossplane xpkg build` does, without a runtime image. */
export async function buildPackage(root: string, file: string): Promise<void> {
  const { crossplane } = await tools(["crossplane"]);
  const flags = [`--package-root=${root}`, `--package-file=${file}`];
  // Its default is the examples of the working folder.
  const examples = [`--examples-root=${root}/examples`, "--ignore=examples/*"];
  await promisify(execFile)(crossplane, ["xpkg", "build", ...flags, ...examples]);
}
