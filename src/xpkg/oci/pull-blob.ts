import { type Descriptor } from "./image.js";
import { Passing } from "./retry.js";
import { type Session } from "./session.js";
import { networkError } from "./transport.js";

/**
 * Gets a blob of the descriptor's size; what it is made of is the caller's to verify. A download that breaks off goes on
 * where it was.
 */
export async function pullBlob(session: Session, { digest, size }: Descriptor): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  let have = 0;
  await session.retrying(async () => {
    const range = have === 0 ? {} : { range: `bytes=${have}-` };
    // What is stored is what is wanted: no encoding for the way.
    const headers = { "accept-encoding": "identity", ...range };
    const response = await session.send({ method: "GET", path: `blobs/${digest}`, headers });
    if (!response.ok) throw await session.refused(response);
    if (response.headers.get("content-range")?.startsWith(`bytes ${have}-`) !== true) have = 0;
    try {
      for await (const part of response.body ?? []) {
        if (have + part.length > size)
          throw new Longer(`${session.registry} sends more than the ${size} bytes of ${digest}`);
        bytes.set(part, have);
        have += part.length;
      }
    } catch (error) {
      throw error instanceof Longer ? error : networkError(session.registry, error);
    }
    if (have < size) throw new Passing(`${session.registry} ended ${digest} after ${have} of ${size} bytes`);
  });
  return bytes;
}

class Longer extends Error {}
