import { digestOf, isDigest, verified } from "./digest.js";
import { type Descriptor } from "./image.js";
import { INDEX_TYPES, MANIFEST_TYPES } from "./media-types.js";
import { type Session } from "./session.js";
import { drop, networkError } from "./transport.js";

/** What a tag or digest names; undefined where there is no such thing. */
export function resolveManifest(session: Session, identifier: string): Promise<Descriptor | undefined> {
  return session.retrying(async () => {
    const response = await session.send({
      method: "HEAD",
      path: `manifests/${identifier}`,
      headers: { accept: ACCEPT },
    });
    await drop(response);
    if (response.status === 404) return undefined;
    const digest = response.headers.get("docker-content-digest");
    const size = Number(response.headers.get("content-length") ?? Number.NaN);
    const mediaType = typeOf(response);
    if (response.ok && isDigest(digest) && Number.isSafeInteger(size) && mediaType !== undefined) {
      return { mediaType, digest, size };
    }
    // HEAD says little of what is wrong, and some registries do not have it.
    return (await getManifest(session, identifier))?.descriptor;
  });
}

export interface PulledManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Buffer;
}

/** Gets the manifest of an image or index, verified; undefined where there is no such thing. */
export function pullManifest(session: Session, identifier: string): Promise<PulledManifest | undefined> {
  return session.retrying(() => getManifest(session, identifier));
}

const ACCEPT = [...INDEX_TYPES, ...MANIFEST_TYPES].join(", ");

async function getManifest(session: Session, identifier: string): Promise<PulledManifest | undefined> {
  const response = await session.send({ method: "GET", path: `manifests/${identifier}`, headers: { accept: ACCEPT } });
  if (response.status === 404) {
    await drop(response);
    return undefined;
  }
  if (!response.ok) throw await session.refused(response);
  const bytes = await bodyOf(response, session.registry);
  const said = isDigest(identifier) ? identifier : response.headers.get("docker-content-digest");
  const digest = isDigest(said) ? said : digestOf(bytes);
  const descriptor = { mediaType: typeOf(response) ?? ownType(bytes), digest, size: bytes.length };
  return { descriptor, bytes: verified(bytes, descriptor, session.registry) };
}

async function bodyOf(response: Response, registry: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.length;
      parts.push(part);
      if (size > LARGEST) break;
    }
  } catch (error) {
    throw networkError(registry, error);
  }
  if (size > LARGEST) throw new Error(`${registry} answered with a manifest of more than ${LARGEST} bytes`);
  return Buffer.concat(parts);
}

/** What registries take at most (OCI distribution specification). */
const LARGEST = 4 << 20;

function typeOf(response: Response): string | undefined {
  const type = response.headers.get("content-type")?.split(";")[0]?.trim();
  return type !== undefined && [...INDEX_TYPES, ...MANIFEST_TYPES].includes(type) ? type : undefined;
}

/** What a manifest says that it is, for registries that do not know. */
function ownType(bytes: Buffer): string {
  try {
    return (JSON.parse(bytes.toString("utf8")) as { readonly mediaType?: string }).mediaType ?? "";
  } catch {
    return "";
  }
}
