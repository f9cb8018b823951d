import { setTimeout as pause } from "node:timers/promises";
import { type JsonObject } from "../../../src/wire/index.js";
import { type Client, type Kind, type Stored } from "../../cluster/client.js";
import { type ApiAddress } from "../../cluster/transport.js";
import { isTrue } from "../control-plane/condition.js";
import { type Watch, type WatchEvent, watch } from "../control-plane/watch.js";

/** What happens in a cluster, for several who listen. */
export interface Hub {
  /** What there is, of a namespace or of none. */
  objects(): readonly Stored[];
  /** Tells of what happens from now on; with `isReplayed`, first of what there is. Returns what ends it. */
  listen(listener: (event: WatchEvent) => void, isReplayed?: boolean): () => void;
  /** Resolves once all that `objects` shows has been told. */
  told(): Promise<void>;
  stop(): void;
}

/**
 * Watches all kinds of managed resources that are served, all XRs and claims, and what else is composed; kinds that come to be
 * served later too.
 */
export async function startHub(target: Target): Promise<Hub> {
  const listeners = new Set<(event: WatchEvent) => void>();
  const { tell, told } = inOrder((event) => {
    for (const listener of listeners) listener(event);
  });
  const watches: Watch[] = [];
  const stopped = new AbortController();
  const known = new Map<string, Promise<void>>();
  const follow = (kind: Kind) => {
    const key = JSON.stringify(kind);
    const following = known.get(key) ?? started(target, kind, tell, stopped.signal).then((each) => add(each));
    known.set(key, following);
  };
  const add = (each: Watch | undefined) => {
    if (each) watches.push(each);
  };
  for (const kind of NATIVE) follow(kind);
  const crds = await watch(target, CRDS, ({ object }) => servedKinds(object).forEach(follow));
  await Promise.all(known.values());
  const objects = () => watches.flatMap((each) => each.objects());
  return {
    objects,
    told,
    listen(listener, isReplayed = false) {
      if (isReplayed) for (const object of objects()) listener({ type: "Added", object, before: undefined });
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      stopped.abort();
      for (const each of [crds, ...watches]) each.stop();
    },
  };
}

interface Target {
  readonly client: Client;
  readonly address: ApiAddress;
}

/** A watch of a kind; one that has just come to be is in discovery a moment later. Undefined once nobody wants it any more. */
async function started(
  target: Target,
  kind: Kind,
  tell: (event: WatchEvent) => void,
  stopped: AbortSignal,
): Promise<Watch | undefined> {
  while (!stopped.aborted) {
    const started = await watch(target, kind, tell).catch(() => undefined);
    if (started && stopped.aborted) started.stop();
    if (started) return started;
    await pause(RETRY_MS, undefined, { ref: false });
  }
  return undefined;
}

const RETRY_MS = 200;

/** Each kind has a watch of its own, so what happened first may be told last: what is told in a short time is put in order. */
function inOrder(tellOne: (event: WatchEvent) => void) {
  let waiting: WatchEvent[] = [];
  let flushed = Promise.resolve();
  return {
    told: () => flushed,
    tell(event: WatchEvent): void {
      if (waiting.length === 0) flushed = pause(ORDERED_MS).then(flush);
      waiting.push(event);
    },
  };

  function flush(): void {
    const events = waiting;
    waiting = [];
    for (const event of events.sort((a, b) => versionOf(a) - versionOf(b))) tellOne(event);
  }
}

const ORDERED_MS = 50;

/** Of one etcd, versions of objects of all kinds are in one order. */
const versionOf = ({ object }: WatchEvent) => Number(object.metadata.resourceVersion);

const NATIVE: readonly Kind[] = ["Secret", "ServiceAccount", "ConfigMap"].map((kind) => ({ apiVersion: "v1", kind }));

const GROUPS = /(^|\.)(aws\.m\.upbound\.io|platform\.trimtab\.dev|protection\.crossplane\.io)$/;

const CRDS: Kind = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };

function servedKinds(crd: Stored): readonly Kind[] {
  const { group, names, versions } = crd.spec as JsonObject as unknown as CRDSpec;
  const served = versions.find((version) => version.served);
  if (!served || !GROUPS.test(group) || !isTrue(crd, "Established")) return [];
  return [{ apiVersion: `${group}/${served.name}`, kind: names.kind }];
}

interface CRDSpec {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}
