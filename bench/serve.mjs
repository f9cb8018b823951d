// Compares our server with the official SDK's, with a function in Go, and with a server that only echoes, in one run and in
// turns; prints what each reached and how many times better ours is. Linux alone.
//
//   npm run bench                the whole, about a quarter of an hour
//   npm run bench -- --quick     its gates, with room for noise, about 80 seconds
//
// Exits with 1 if a gate is missed (bench/serving/gates.mjs). docs/performance.md says what it all means.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { contenders, requests } from "./serving/contenders.mjs";
import { missed, sum } from "./serving/gates.mjs";
import { load } from "./serving/load.mjs";
import { measures } from "./serving/measures.mjs";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const kind = values.quick ? "quick" : "whole";

const EFFORT = {
  whole: {
    ...{ isWhole: true, inFlight: [1, 10, 50], rounds: 9, ms: 2000, warmMs: 2000 },
    ...{ starts: 21, heapRounds: 9, manyCalls: 30, memoryCalls: 100_000 },
  },
  quick: {
    ...{ isWhole: false, inFlight: [10, 50], rounds: 7, ms: 500, warmMs: 700 },
    ...{ starts: 7, heapRounds: 5, manyCalls: 5 },
  },
}[kind];

const folder = mkdtempSync(join(tmpdir(), "trimtab-bench-"));
const caller = load();
try {
  await main();
} finally {
  caller.close();
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const began = performance.now();
  console.log(`Node ${process.versions.node}, ${availableParallelism()} cores; ${machineLoad()}`);
  const all = await contenders(folder);
  if (all.eight.go === undefined) console.log("Go is left out, since it is not installed");
  const ratios = {};
  const run = { load: caller, all, sent: await requests(folder), keep, effort: EFFORT };
  for await (const measured of measures(run)) {
    console.log(measured.text);
    Object.assign(ratios, measured.ratios);
  }
  console.log(`\n${Math.round((performance.now() - began) / 1000)} s; ${machineLoad()}`);
  const misses = missed(ratios, kind);
  for (const miss of misses) console.log(`missed: ${miss}`);
  console.log(sum(ratios));
  if (misses.length > 0) process.exitCode = 1;
}

function machineLoad() {
  return `the machine's load: ${loadavg()
    .map((each) => each.toFixed(1))
    .join(", ")}`;
}

function keep(name, bytes) {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}
