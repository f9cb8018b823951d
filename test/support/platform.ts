import { inProcess } from "../../src/render/index.js";
import { manifest } from "../../src/schema/index.js";
import { type Platform } from "../../src/simulate/index.js";
import { compositionManifest } from "../../src/synth/composition-manifest.js";
import { functionName } from "../../src/synth/step.js";
import { type JsonObject } from "../../src/wire/index.js";
import project from "../../trimtab.config.js";

/** What the Composition of XBucket calls its function. */
export const BUCKET = "trimtab-function-bucket";

/** This project, as a platform team has installed it: functions run in this process. */
export const platform: Platform = {
  compositions: project.compositions.map((props) => plain(compositionManifest(props))),
  xrds: project.xrds.map((xrd) => plain(manifest(xrd))),
  // As they are installed from a registry, by the name of whoever publishes them.
  functions: Object.fromEntries(project.functions.map((fn) => [`trimtab-${functionName(fn)}`, inProcess(fn)])),
};

/** What is left of an object on the way to YAML. */
function plain(object: object): JsonObject {
  return JSON.parse(JSON.stringify(object)) as JsonObject;
}
