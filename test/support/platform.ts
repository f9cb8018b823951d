import { connection } from "../../functions/connection/function.js";
import { inProcess } from "../../src/render/index.js";
import { platformOf } from "../../src/testing/index.js";
import project from "../../trimtab.config.js";

/** What the Composition of XBucket calls its function. */
export const BUCKET = "trimtab-function-bucket";

/** This project, as a platform team has installed it: functions run in this process. */
export const platform = platformOf(project, { "trimtab-function-connection": inProcess(connection) });
