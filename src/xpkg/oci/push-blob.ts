import { type Content } from "./content.js";
import { Passing } from "./retry.js";
import { type Session } from "./session.js";
import { drop } from "./transport.js";

/** How a blob came to be in a repository. */
export type Outcome = "pushed" | "mounted" | "existing";

/**
 * Sees to it that a repository has a blob: it may be there already, a repository of `mountFrom` may have it, else it is
 * sent. All of it is done again where it fails in passing: an upload that broke off is left to the registry, and one whose
 * answer was lost is found to be there.
 */
export async function pushBlob(session: Session, content: Content, mountFrom: readonly string[]): Promise<Outcome> {
  const { digest } = content.descriptor;
  let isSent = false;
  return session.retrying(async () => {
    if (await exists(session, digest)) return isSent ? "pushed" : "existing";
    const upload = await mount(session, digest, mountFrom);
    if (upload === "mounted") return "mounted";
    const location = upload ?? (await begin(session));
    isSent = true;
    await complete(session, location, content);
    return "pushed";
  });
}

async function exists(session: Session, digest: string): Promise<boolean> {
  const response = await session.send({ method: "HEAD", path: `blobs/${digest}` });
  await drop(response);
  return response.ok;
}

/** Where a repository does not have it, or mounting is not known, registries may begin an upload at once. */
async function mount(session: Session, digest: string, from: readonly string[]): Promise<"mounted" | URL | undefined> {
  let upload: URL | undefined;
  for (const repository of from) {
    const query = new URLSearchParams({ mount: digest, from: repository });
    const response = await session.send({ method: "POST", path: `blobs/uploads/?${query}` });
    await drop(response);
    if (response.status === 201) return "mounted";
    if (response.status === 202) upload = session.locationOf(response);
  }
  return upload;
}

async function begin(session: Session): Promise<URL> {
  const response = await session.send({ method: "POST", path: "blobs/uploads/" });
  if (response.status !== 202) throw await session.refused(response);
  await drop(response);
  return session.locationOf(response);
}

/** Sends it in one piece. */
async function complete(session: Session, location: URL, { descriptor, read }: Content): Promise<void> {
  const path = new URL(location);
  path.searchParams.set("digest", descriptor.digest);
  const headers = { "content-type": "application/octet-stream" };
  const response = await session.send({ method: "PUT", path, headers, body: await read() });
  if (response.status === 201) return drop(response);
  const refused = await session.refused(response);
  // The registry has forgotten the upload, as one that was started anew does.
  throw response.status === 404 ? new Passing(refused.message, { cause: refused }) : refused;
}
