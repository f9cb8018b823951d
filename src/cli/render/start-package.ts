import { type ChildProcess, execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { findConfig } from "../../project/find-config.js";
import { reason } from "../../runtime/reason.js";
import { nodeCommand } from "../../xpkg/cached-data/make-cached-data.js";
import { hostPlatform, runsHere } from "../../xpkg/host-platform.js";
import { extractImage, type Image, imageFor, makeIndex } from "../../xpkg/oci/index.js";
import { type ExtractedImage, isOwnPackage, runImage } from "../../xpkg/run-image.js";
import { saidBy } from "../../xpkg/said-by.js";
import { type IO } from "../io.js";
import { openPackage } from "../xpkg/open-package.js";

/** A function that runs from its package. */
export interface StartedPackage {
  /** Host and port, without TLS. */
  readonly target: string;
  close(): void;
}

/**
 * Runs the function of a package, without Docker: what its image runs, from its root file system, which is extracted once
 * for each digest. It listens when the promise resolves.
 *
 * @param source a file, or a reference in a registry
 * @param deadline in milliseconds since the epoch
 * @throws Error where it does not run on this machine, and where it does not listen in time
 */
export async function startPackage(source: string, deadline: number, io: IO): Promise<StartedPackage> {
  const image = chosen(await openPackage(source, io), source);
  const { extracted, release } = await extract(image, io);
  try {
    const port = await freePort();
    const address = `127.0.0.1:${port}`;
    const child = await runImage(extracted, ["--insecure", "--address", address], await ownNode(extracted));
    await listening(child, port, deadline);
    const close = () => {
      child.kill();
      child.stderr?.destroy();
      release();
    };
    return { target: address, close };
  } catch (error) {
    release();
    throw error;
  }
}

/** This machine's image; of our own packages, which any Node runs, another one will do. */
function chosen(images: readonly Image[], source: string): Image {
  const here = images.find((image) => runsHere(image.platform)) ?? images.find((image) => isOwnPackage({ image }));
  if (here !== undefined) return here;
  return imageFor(makeIndex(images), hostPlatform(), source);
}

/** The image's files: in the project's cache, or in a folder that goes when it is released. */
async function extract(image: Image, { cwd }: IO): Promise<{ extracted: ExtractedImage; release(): void }> {
  const config = findConfig(cwd);
  const name = image.descriptor.digest.replace(":", "-");
  if (config !== undefined) {
    const folder = join(dirname(config), ".trimtab", "packages", name);
    await extractOnce(image, folder);
    return { extracted: { image, folder }, release: () => {} };
  }
  const outer = await mkdtemp(join(tmpdir(), "trimtab-package-"));
  const folder = join(outer, name);
  await extractImage(image, folder);
  return {
    extracted: { image, folder },
    release: () => void rm(outer, { recursive: true, force: true }).catch(() => {}),
  };
}

async function extractOnce(image: Image, folder: string): Promise<void> {
  if (existsSync(folder)) return;
  try {
    await extractImage(image, folder);
  } catch (error) {
    // Somebody else was quicker.
    if (!existsSync(folder)) throw error;
  }
}

/** This process's own Node, for a package of ours whose Node does not run here; undefined where it does. */
async function ownNode(extracted: ExtractedImage): Promise<string | undefined> {
  const [node = ""] = extracted.image.config.config?.Entrypoint ?? [];
  if (!isOwnPackage(extracted)) return undefined;
  if (!runsHere(extracted.image.platform)) return process.execPath;
  try {
    const [command = "", ...args] = await nodeCommand({ folder: extracted.folder, node });
    await promisify(execFile)(command, [...args, "--version"], { env: {} });
    return undefined;
  } catch {
    return process.execPath;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until somebody listens at the port; nobody tells of that but whoever tries. */
async function listening(child: ChildProcess, port: number, deadline: number): Promise<void> {
  let stderr = "";
  child.stderr?.on("data", (data: Buffer) => {
    stderr = `${stderr}${data.toString("utf8")}`.slice(-100_000);
  });
  let ended: string | undefined;
  child.once("error", (error) => {
    ended = `cannot be started: ${reason(error)}`;
  });
  child.once("exit", (code, signal) => {
    ended ??= `ends with ${signal ?? code} rather than to listen: ${saidBy(stderr) ?? "it does not say why"}`;
  });
  while (!(await connects(port))) {
    if (ended !== undefined) throw new Error(`its program ${ended}`);
    if (Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error("its program does not listen in time; --timeout says how long to wait");
    }
    await delay(20);
  }
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
