import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./server.mjs";

const source = fileURLToPath(new URL("../go", import.meta.url));

/**
 * Builds bench/go once for what it holds, in the cache where test/tools/build.sh puts the real programs. Gives the command that
 * serves at a port of 127.0.0.1, with metrics, as function-sdk-go has them by default; undefined where Go is not installed.
 */
export function goProgram() {
  if (spawnSync("go", ["version"]).status !== 0) return undefined;
  const { TRIMTAB_CACHE, XDG_CACHE_HOME = join(homedir(), ".cache") } = process.env;
  const key = createHash("sha256");
  for (const file of readdirSync(source).sort()) key.update(readFileSync(join(source, file)));
  const folder = join(
    TRIMTAB_CACHE ?? join(XDG_CACHE_HOME, "trimtab"),
    "tools",
    `bench-${key.digest("hex").slice(0, 16)}`,
  );
  const program = join(folder, "archive-go");
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const args = ["build", "-trimpath", "-ldflags=-s -w", "-o", `${program}.part`, "."];
    execFileSync("go", args, { cwd: source, stdio: ["ignore", "ignore", "inherit"] });
    renameSync(`${program}.part`, program);
  }
  return async (port) => [program, `-address=127.0.0.1:${port}`, `-metrics-address=127.0.0.1:${await freePort()}`];
}
