// Sums up what the stages of .ci/run left in a folder: NAME.status, and NAME.json where vitest ran.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder = "."] = process.argv.slice(2);
const stages = readdirSync(folder)
  .filter((file) => file.endsWith(".status"))
  .map((file) => outcome(file.slice(0, -".status".length)));

for (const { skipped } of stages) for (const test of skipped) console.log(`left out: ${test}`);

const passed = sum(({ passed }) => passed);
const failed = sum(({ failed }) => failed);
const skipped = sum(({ skipped }) => skipped.length);
if (skipped > 0) console.log(`${skipped} left out, which counts as a failure here`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed + skipped > 0 || passed === 0 ? 1 : 0;

/** A stage that fails though none of its tests did counts as one failure. */
function outcome(name) {
  const report = join(folder, `${name}.json`);
  const files = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")).testResults : [];
  const tests = files.flatMap((file) => file.assertionResults);
  const failures = tests.filter(({ status }) => status === "failed").length;
  const exited = Number(readFileSync(join(folder, `${name}.status`), "utf8"));
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: failures === 0 && exited !== 0 ? 1 : failures,
    skipped: tests.filter(({ status }) => !["passed", "failed"].includes(status)).map(({ fullName }) => fullName),
  };
}

function sum(of) {
  return stages.reduce((total, stage) => total + of(stage), 0);
}
