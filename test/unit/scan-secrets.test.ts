import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../support/repository.js";
import { temporaryFolder } from "../support/temporary-folder.js";

// What CI looks for in all that a run prints. The word is put together here, or it would find this file's own output.

const word = ["Simulated", "Secret"].join("");
const base64 = (text: string) => Buffer.from(text).toString("base64");

test.each([
  ["in clear", `password: ${word}1a2b`, 1],
  ["in JSON", JSON.stringify({ message: `"${word}"` }), 1],
  ["in base64", base64(`${word}1a2b`), 1],
  ["in base64, one letter on", base64(`x${word}1a2b`), 1],
  ["in base64, two letters on", base64(`xy${word}1a2b`), 1],
  ["nowhere", "a simulated secret that is only talked about", 0],
])("a secret %s", (_, text, status) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "unit.log"), `first line\n${text}\n`);
  const scan = spawnSync(process.execPath, [join(repository, ".ci/scan-secrets.mjs"), folder], { encoding: "utf8" });
  expect(scan.status).toBe(status);
  expect(scan.stdout).toContain(status === 1 ? "unit.log:2" : "looked for secrets in 1 files");
});
