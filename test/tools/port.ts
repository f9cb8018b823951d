import { once } from "node:events";
import { createServer } from "node:net";

const LOWEST = 20_000;
/** From here on the kernel gives ports to outgoing connections, one of which could hold ours already. */
const EPHEMERAL = 32_768;
const taken = new Set<number>();

/** A port on which nothing listens on 127.0.0.1, and which this process has not handed out before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = LOWEST + Math.floor(Math.random() * (EPHEMERAL - LOWEST));
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
  throw new Error(`cannot find a free port between ${LOWEST} and ${EPHEMERAL}`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
