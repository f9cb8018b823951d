import { type RenderCases } from "../both/render-case.js";
import { compositions } from "./composition.js";
import { conditions } from "./conditions.js";
import { connection } from "./connection.js";
import { contexts } from "./context.js";
import { credentials } from "./credentials.js";
import { desired } from "./desired.js";
import { files } from "./files.js";
import { commandLines } from "./flags.js";
import { fullXRs } from "./full-xr.js";
import { functionFiles } from "./functions.js";
import { large } from "./large.js";
import { legacyXRs } from "./legacy.js";
import { lifecycle } from "./lifecycle.js";
import { names } from "./names.js";
import { observations } from "./observed.js";
import { pipelines } from "./pipeline.js";
import { readiness } from "./readiness.js";
import { requirements } from "./requirements.js";
import { results } from "./results.js";
import { schemas } from "./schemas.js";
import { quoting } from "./texts.js";
import { xrds } from "./xrds.js";
import { yamlValues } from "./yaml-values.js";

/** All cases, by the group that they are recorded with. */
export const groups: Readonly<Record<string, RenderCases>> = {
  compositions,
  conditions,
  connection,
  contexts,
  credentials,
  desired,
  files,
  "command-lines": commandLines,
  "full-xrs": fullXRs,
  "function-files": functionFiles,
  large,
  "legacy-xrs": legacyXRs,
  lifecycle,
  names,
  observed: observations,
  pipelines,
  readiness,
  requirements,
  results,
  schemas,
  texts: quoting,
  xrds,
  "yaml-values": yamlValues,
};
