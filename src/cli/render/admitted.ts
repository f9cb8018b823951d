import { applyDefaults, definitions } from "../../admission/index.js";
import { type JsonObject } from "../../wire/index.js";
import { type IO } from "../io.js";
import { place } from "./manifest-file.js";
import { type Sources } from "./render-xr.js";

/**
 * Admits an XR with the XRD of the project. What comes out is what `--xrd` makes of it, so that a project changes no byte:
 * defaults are written. Of fields that the API server would drop, there is a warning.
 *
 * @throws Error with file, line, field and remedy for each thing that would be refused
 */
export function admitted(xrd: JsonObject, io: IO): NonNullable<Sources["admit"]> {
  const known = definitions([{ object: xrd, from: "the project" }]);
  return async (xr, manifest) => {
    const { celRules } = await import("../../schema/cel-rules.js");
    const admission = known.admit(xr, { namespace: "default", rules: celRules });
    if (!admission) return xr;
    const at = (path: string) => place(manifest, segments(path));
    if (admission.problems.length > 0) {
      const problems = admission.problems.map(({ path, message }) => `${at(path)}: ${path} ${message}`);
      throw new Error(`cannot admit ${String(xr["kind"])}: ${problems.join("\n  ")}`);
    }
    for (const path of admission.pruned) {
      io.stderr.write(`${at(path)}: warning: ${path} is not in the XRD, and is dropped\n`);
    }
    return applyDefaults(xrd, xr) as typeof xr;
  };
}

function segments(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\["([^"]*)"\]|([^.[\]]+)/g)].map(([, index, quoted, field]) =>
    index === undefined ? (quoted ?? field ?? "") : Number(index),
  );
}
