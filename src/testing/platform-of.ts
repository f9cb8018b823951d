import { type AnyFn } from "../function/index.js";
import { type Project } from "../project/define-project.js";
import { inProcess } from "../render/in-process.js";
import { manifest } from "../schema/index.js";
import { type Platform } from "../simulate/index.js";
import { compositionManifest } from "../synth/composition-manifest.js";
import { type JsonObject } from "../wire/index.js";

/**
 * A project as a platform team has installed it, for `simulate`: its Compositions and XRDs, and its functions, which run in this
 * process.
 *
 * @param functions those of others that its Compositions call, by the names that their steps have for them. Default: none
 */
export function platformOf(project: Project, functions: Platform["functions"] = {}): Platform {
  const steps = project.compositions.flatMap(({ pipeline }) => pipeline);
  const own = steps.flatMap(({ function: fn, functionRef }) =>
    fn ? [[functionRef.name, inProcess(fn as unknown as AnyFn)] as const] : [],
  );
  return {
    compositions: project.compositions.map((props) => plain(compositionManifest(props))),
    xrds: project.xrds.map((xrd) => plain(manifest(xrd))),
    functions: { ...Object.fromEntries(own), ...functions },
  };
}

/** What is left of an object on the way to YAML. */
function plain(object: object): JsonObject {
  return JSON.parse(JSON.stringify(object)) as JsonObject;
}
