import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { freePort } from "../../tools/port.js";
import { type Component, component } from "../../tools/process.js";

export interface Registry {
  /** Host and port, over plain HTTP. */
  readonly host: string;
  readonly server: Component;
  /** Stops it; what was pushed stays in its folder. */
  stop(): Promise<void>;
}

/**
 * The real registry of Debian's package docker-registry, on loopback, with what it is given in a folder. `more` is what
 * its configuration has beside that.
 */
export async function startRegistry(folder: string, more: Readonly<Record<string, unknown>> = {}): Promise<Registry> {
  const host = `127.0.0.1:${await freePort()}`;
  await mkdir(folder, { recursive: true });
  const file = join(folder, "config.yml");
  const config = {
    version: "0.1",
    log: { level: "warn" },
    storage: { filesystem: { rootdirectory: join(folder, "data") }, delete: { enabled: true } },
    http: { addr: host },
    ...more,
  };
  await writeFile(file, stringify(config));
  const server = component({
    name: "registry",
    program: "docker-registry",
    args: ["serve", file],
    folder,
    isReady: async () => [200, 401].includes((await fetch(`http://${host}/v2/`).catch(() => undefined))?.status ?? 0),
  });
  await server.start();
  return { host, server, stop: () => server.stop() };
}
