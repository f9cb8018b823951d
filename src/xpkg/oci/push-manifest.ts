import { type Descriptor } from "./image.js";
import { type Session } from "./session.js";
import { drop } from "./transport.js";

/** Puts a manifest under a tag or its digest, after all that it refers to. */
export function pushManifest(
  session: Session,
  { mediaType, digest }: Descriptor,
  bytes: Buffer,
  identifier: string,
): Promise<void> {
  return session.retrying(async () => {
    const headers = { "content-type": mediaType };
    const response = await session.send({ method: "PUT", path: `manifests/${identifier}`, headers, body: bytes });
    if (!response.ok) throw await session.refused(response);
    await drop(response);
    const stored = response.headers.get("docker-content-digest") ?? digest;
    if (stored !== digest) {
      throw new Error(`${session.registry} stored ${stored} instead of ${digest}; tell whoever runs the registry`);
    }
  });
}
