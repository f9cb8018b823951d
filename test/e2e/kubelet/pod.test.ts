import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, test } from "vitest";
import { extractImage, imageFor, readLayout } from "../../../src/xpkg/oci/index.js";
import { baseImage } from "../base-image/index.js";
import { childrenOf } from "./processes.js";
import { type Container } from "./shim/protocol.js";
import { bundleShim } from "./shim.js";
import { until } from "./testing.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trimtab-pod-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a pod and all that it has started dies with who started it, however that dies", async () => {
  const image = imageFor(await readLayout(await baseImage()), { os: "linux", architecture: "amd64" }, "the base image");
  await extractImage(image, join(folder, "root"));
  const starter = await startElsewhere({
    hostname: "pod",
    image: join(folder, "root"),
    scratch: join(folder, "scratch"),
    argv: ["/nodejs/bin/node", "-e", "require('net').createServer().listen(9443)"],
    env: {},
    cwd: "/",
    uid: 2000,
    gid: 2000,
    readOnly: true,
    mounts: [],
    port: 9443,
  });
  await until("the pod", () => existsSync(join(folder, "ready")) || undefined);
  const below = descendantsOf(starter.pid ?? 0);
  // The unshare outside, the shim, the unshare inside, and the process itself.
  expect(below).toHaveLength(4);

  starter.kill("SIGKILL");
  const alive = () => below.filter((pid) => existsSync(`/proc/${pid}`));
  await until("all of it to be gone", () => alive().length === 0 || undefined, alive);
  expect(await readFile("/proc/self/mountinfo", "utf8")).not.toContain(folder);
});

/** Starts a pod from a process of its own, which makes the file `ready` once the pod is. */
async function startElsewhere(container: Container): Promise<ChildProcess> {
  await mkdir(container.scratch);
  const shim = await bundleShim(folder);
  const ready = JSON.stringify(join(folder, "ready"));
  const options = `{ shim: ${JSON.stringify(shim)}, log: ${JSON.stringify(join(folder, "log"))}, onReady }`;
  const program = join(folder, "starter.mjs");
  await build({
    stdin: {
      contents: `
        import { writeFileSync } from "node:fs";
        import { startPod } from "./pod.js";
        const onReady = () => writeFileSync(${ready}, "");
        startPod(${JSON.stringify(container)}, ${options});`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
  });
  return spawn(process.execPath, [program], { stdio: ["ignore", "inherit", "inherit"] });
}

function descendantsOf(pid: number): readonly number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}
