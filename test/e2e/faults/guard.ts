import { annotationsOf, COMPOSITION_RESOURCE_NAME } from "../../../src/render/unstructured.js";
import { type JsonObject } from "../../../src/wire/index.js";
import { type StandInCloud } from "../cloud/stand-in-cloud.js";
import { type Deletion, deletionsIn } from "../control-plane/audit.js";
import { type InstalledPlane } from "../installed-plane.js";
import { watchSecrets } from "./watch-secrets.js";

/** Sees to it that what services have is neither lost nor made anew, whatever breaks. */
export interface Guard {
  /**
   * What has happened since the last time that must not: a line for each Secret that was lost or is not whole, each object that
   * was deleted or is another one, each deletion that the API server took, and what was removed from the cloud or made twice.
   */
  losses(): readonly string[];
  stop(): void;
}

export function startGuard(plane: InstalledPlane, namespace: string, cloud: StandInCloud): Guard {
  const { hub, folder } = plane;
  const secrets = watchSecrets(hub, namespace);
  let gone: string[] = [];
  const stop = hub.listen(({ type, object }) => {
    if (type === "Deleted" && object.metadata.namespace === namespace) gone.push(`${idOf(object)} is gone`);
  });
  let known = composed();
  let deletions = deletionsIn(folder).length;
  let happenings = cloud.recorder.happenings.length;

  return {
    losses() {
      const now = composed();
      const others = [...known]
        .filter(([id, uid]) => now.get(id) !== uid)
        .map(([id]) => `${id} is not the same any more`);
      const deleted = deletionsIn(folder).slice(deletions);
      const told = deleted.filter(({ resource }) => resource !== LEASES).map(describe);
      const found = [...secrets.losses(), ...gone, ...others, ...told, ...inCloud(cloud, happenings)];
      known = now;
      deletions += deleted.length;
      happenings = cloud.recorder.happenings.length;
      gone = [];
      return found;
    },
    stop() {
      stop();
      secrets.stop();
    },
  };

  /** Uids of what is composed, by kind and name. */
  function composed(): ReadonlyMap<string, string> {
    const mine = hub.objects().filter((object) => {
      const name = annotationsOf(object as unknown as JsonObject)[COMPOSITION_RESOURCE_NAME];
      return name !== undefined && object.metadata.namespace === namespace;
    });
    return new Map(mine.map((object) => [idOf(object), object.metadata.uid ?? ""]));
  }
}

/** API servers hold them, and delete those of API servers before them. */
const LEASES = "leases.coordination.k8s.io";

const idOf = ({ kind, metadata }: { readonly kind: string; readonly metadata: { readonly name: string } }) =>
  `${kind} ${metadata.name}`;

const describe = ({ user, resource, name }: Deletion) => `${user} has deleted ${resource} ${name}`;

/** What went since then, and what was made that had been made before. */
function inCloud({ recorder }: StandInCloud, since: number): readonly string[] {
  const id = (index: number) => {
    const { what, object } = recorder.happenings[index] ?? {};
    return `${what} ${object?.kind} ${object?.name}`;
  };
  const made = new Set<string>();
  const found: string[] = [];
  for (const [index, { what }] of recorder.happenings.entries()) {
    if (what !== "made" && what !== "removed") continue;
    const isAgain = made.has(id(index));
    made.add(id(index));
    if (index < since) continue;
    if (what === "removed") found.push(`the cloud has ${id(index)}`);
    if (what === "made" && isAgain) found.push(`the cloud has ${id(index)} again`);
  }
  return found;
}
