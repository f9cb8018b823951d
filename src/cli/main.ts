#!/usr/bin/env node
import { run } from "./run.js";

const { stdout, stderr, env } = process;
process.exitCode = await run(process.argv.slice(2), { stdout, stderr, env, cwd: process.cwd(), signals: process });

// Whatever still runs then, such as a function that never answered, does not keep the process.
setTimeout(() => process.exit(), 1000).unref();
