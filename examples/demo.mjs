// The main job in memory: the read-write example, rendered before and after the cloud has answered.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const trimtab = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

step("1. The XBucket is applied. What Crossplane makes, and what waits:", ["examples/read-write/xr.yaml"]);
step("2. AWS has answered. What changes, the Secret among it:", [
  "examples/read-write/xr.yaml",
  "--include-full-xr",
  "--observed-resources=examples/read-write/observed.yaml",
  "--diff=examples/read-write/rendered.yaml",
  "--redact",
]);

// It exits with 1 where there is a difference, which here there is.
function step(title, args) {
  console.log(`\n${title}\n\n$ trimtab render ${args.join(" ")}\n`);
  const { status } = spawnSync(process.execPath, [trimtab, "render", ...args], { stdio: "inherit" });
  if (status !== 0 && !args.some((arg) => arg.startsWith("--diff="))) process.exit(status ?? 1);
}
