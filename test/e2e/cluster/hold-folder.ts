import { once } from "node:events";
import { createServer } from "node:net";
import { resolve } from "node:path";

/** Whether this process has a folder to itself from now on until it ends, in whatever way. */
export async function holdFolder(folder: string): Promise<boolean> {
  // A socket with a name, and without a file: the kernel lets go of it.
  const server = createServer().listen(`\0trimtab-cluster:${resolve(folder)}`);
  server.unref();
  try {
    await once(server, "listening");
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return false;
  }
}
