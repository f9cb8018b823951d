import { setTimeout as pause } from "node:timers/promises";
import { ApiError } from "../../cluster/api-error.js";
import { type Client, type Kind, type Stored } from "../../cluster/client.js";
import { type ApiAddress, lines } from "../../cluster/transport.js";

/** An object that came to be, changed or went. */
export interface WatchEvent {
  readonly type: "Added" | "Modified" | "Deleted";
  /** As it is now; as it was last, where it went. */
  readonly object: Stored;
  /** As it was before; undefined where it was not. */
  readonly before: Stored | undefined;
}

export interface Watch {
  /** What there is now, as far as has been told. */
  objects(): readonly Stored[];
  stop(): void;
}

/**
 * Tells of all objects of a kind, and of each change from then on, whatever becomes of the API server: where the watch
 * breaks off, it goes on, and what was missed is told from the difference.
 *
 * @returns once what there is has been told
 */
export async function watch(
  target: { readonly client: Client; readonly address: ApiAddress },
  kind: Kind,
  tell: (event: WatchEvent) => void,
): Promise<Watch> {
  const known = new Map<string, Stored>();
  const stopped = new AbortController();
  const { signal } = stopped;
  let version = await first();
  void follow();
  return { objects: () => [...known.values()], stop: () => stopped.abort() };

  /** A kind that has just come to be is not served at once. */
  async function first(): Promise<string> {
    for (;;) {
      try {
        return await relist();
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 429) throw error;
        await pause(RETRY_MS);
      }
    }
  }

  async function relist(): Promise<string> {
    const { items, resourceVersion } = await target.client.listed(kind);
    const seen = new Set(items.map(keyOf));
    for (const [key, object] of known) if (!seen.has(key)) note("Deleted", object);
    for (const item of items) note("Modified", item);
    return resourceVersion;
  }

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      try {
        await stream();
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ApiError && error.code === 410) version = "";
        // An API server that is down is asked again, as client-go does.
        await pause(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  async function stream(): Promise<void> {
    if (version === "") version = await relist();
    const path = await target.client.pathOf(kind);
    const query = { watch: "true", resourceVersion: version, allowWatchBookmarks: "true" };
    for await (const line of lines(target.address, { method: "GET", path, query }, signal)) {
      const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: Stored };
      if (type === "ERROR") {
        version = "";
        return;
      }
      version = object.metadata.resourceVersion;
      if (type !== "BOOKMARK") note(type === "DELETED" ? "Deleted" : "Modified", object);
    }
  }

  function note(type: "Modified" | "Deleted", object: Stored): void {
    const key = keyOf(object);
    const before = known.get(key);
    // What went and came again while nobody watched.
    if (before && before.metadata.uid !== object.metadata.uid) tell({ type: "Deleted", object: before, before });
    if (type === "Deleted") {
      known.delete(key);
      tell({ type, object, before });
      return;
    }
    known.set(key, object);
    if (before?.metadata.resourceVersion === object.metadata.resourceVersion) return;
    const isNew = before?.metadata.uid !== object.metadata.uid;
    tell(isNew ? { type: "Added", object, before: undefined } : { type: "Modified", object, before });
  }
}

const RETRY_MS = 200;

const keyOf = ({ metadata: { namespace = "", name } }: Stored) => `${namespace}/${name}`;
