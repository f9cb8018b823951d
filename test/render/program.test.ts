import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { repository } from "../support/repository.js";

// npx and shells run the file itself.
test("what was built is a program", async () => {
  const { stdout } = await promisify(execFile)(join(repository, "dist/cli/main.js"), ["--version"]);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("a reader that has enough is no error", async () => {
  const command = "set -o pipefail; node dist/cli/main.js render examples/everything/xr.yaml --quiet | head -1";
  const run = promisify(execFile)("bash", ["-c", command], { cwd: repository });
  await expect(run).resolves.toMatchObject({ stdout: "---\n", stderr: "" });
});
