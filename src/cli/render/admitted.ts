import { applyDefaults, definitions } from "../../admission/index.js";
import { type JsonObject } from "../../wire/index.js";
import { segmentsOf } from "./field-path.js";
import { place } from "./manifest-file.js";
import { type Sources } from "./render-xr.js";

/**
 * Admits an XR with its XRD. What comes out is what `--xrd` makes of it, so that a project changes no byte: defaults are
 * written. Fields that the API server would drop are added to the warnings.
 *
 * @param from what the XRD is from, for messages
 * @throws Error with file, line, field and remedy for each thing that would be refused
 */
export function admitted(xrd: JsonObject, from: string): NonNullable<Sources["admit"]> {
  const known = definitions([{ object: xrd, from }]);
  return async (xr, manifest, warnings) => {
    const { celRules } = await import("../../schema/cel-rules.js");
    const admission = known.admit(xr, { namespace: "default", rules: celRules });
    if (!admission) return xr;
    const at = (path: string) => place(manifest, segmentsOf(path));
    if (admission.problems.length > 0) {
      const problems = admission.problems.map(({ path, message }) => `${at(path)}: ${path} ${message}`);
      throw new Error(`cannot admit ${String(xr["kind"])}: ${problems.join("\n  ")}`);
    }
    warnings.push(...admission.pruned.map((path) => `${at(path)}: ${path} is not in the XRD, and is dropped`));
    return applyDefaults(xrd, xr) as typeof xr;
  };
}
