import { start } from "../../../src/cli/start.js";
import { run } from "./run.js";

await start("cluster", run);
