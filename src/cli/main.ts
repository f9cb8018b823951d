#!/usr/bin/env node
import { run } from "./run.js";
import { start } from "./start.js";

await start("trimtab", run);
