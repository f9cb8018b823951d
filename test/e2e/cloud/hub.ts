import { type JsonObject } from "../../../src/wire/index.js";
import { type Client, type Kind, type Stored } from "../../cluster/client.js";
import { type ApiAddress } from "../../cluster/transport.js";
import { type Watch, type WatchEvent, watch } from "../control-plane/watch.js";

/** What happens in a cluster, for several who listen. */
export interface Hub {
  /** What there is, of a namespace or of none. */
  objects(): readonly Stored[];
  /** Tells of what happens from now on; with `isReplayed`, first of what there is. Returns what ends it. */
  listen(listener: (event: WatchEvent) => void, isReplayed?: boolean): () => void;
  stop(): void;
}

/** Watches all kinds of managed resources that are served, all XRs and claims, and what else is composed. */
export async function startHub(target: { readonly client: Client; readonly address: ApiAddress }): Promise<Hub> {
  const listeners = new Set<(event: WatchEvent) => void>();
  const tell = inOrder((event) => {
    for (const listener of listeners) listener(event);
  });
  const kinds = [...NATIVE, ...(await servedKinds(target.client))];
  const watches = await Promise.all(kinds.map((kind) => watch(target, kind, tell)));
  const objects = () => watches.flatMap((each: Watch) => each.objects());
  return {
    objects,
    listen(listener, isReplayed = false) {
      if (isReplayed) for (const object of objects()) listener({ type: "Added", object, before: undefined });
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      for (const each of watches) each.stop();
    },
  };
}

/** Each kind has a watch of its own, so what happened first may be told last: what is told in a short time is put in order. */
function inOrder(tell: (event: WatchEvent) => void): (event: WatchEvent) => void {
  let waiting: WatchEvent[] = [];
  return (event) => {
    if (waiting.length === 0) setTimeout(flush, ORDERED_MS);
    waiting.push(event);
  };

  function flush(): void {
    const events = waiting;
    waiting = [];
    for (const event of events.sort((a, b) => versionOf(a) - versionOf(b))) tell(event);
  }
}

const ORDERED_MS = 50;

/** Of one etcd, versions of objects of all kinds are in one order. */
const versionOf = ({ object }: WatchEvent) => Number(object.metadata.resourceVersion);

const NATIVE: readonly Kind[] = ["Secret", "ServiceAccount", "ConfigMap"].map((kind) => ({ apiVersion: "v1", kind }));

const GROUPS = /(^|\.)(aws\.m\.upbound\.io|platform\.trimtab\.dev|protection\.crossplane\.io)$/;

async function servedKinds(client: Client): Promise<readonly Kind[]> {
  const crds = await client.list({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" });
  return crds
    .map(({ spec }) => spec as JsonObject as unknown as CRDSpec)
    .filter(({ group }) => GROUPS.test(group))
    .flatMap(({ group, names, versions }) => {
      const served = versions.find((version) => version.served);
      return served ? [{ apiVersion: `${group}/${served.name}`, kind: names.kind }] : [];
    });
}

interface CRDSpec {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}
