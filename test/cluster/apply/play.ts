import { type JsonObject, type JsonValue } from "../../../src/wire/index.js";
import { type Cluster, type Outcome } from "./cluster.js";
import { type Fields, type Step } from "./steps.js";

/** What somebody sees who takes these steps: after each the answer, and the object as it is then. */
export async function play(cluster: Cluster, head: Head, steps: readonly Step[]): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const versions: string[] = [];
  let last: JsonObject = asObject(head, {});
  for (const step of steps) {
    const answer = await take(cluster, head, last, step);
    const now = await cluster.get(asObject(head, {}));
    if ("object" in now) last = now.object;
    seen.push({ answer: asSeen(answer, versions, step), now: asSeen(now, versions) });
  }
  return seen;
}

export interface Head {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

export interface Seen {
  readonly answer: unknown;
  readonly now: unknown;
}

function take(cluster: Cluster, head: Head, last: JsonObject, step: Step): Outcome | Promise<Outcome> {
  switch (step.what) {
    case "create":
      return cluster.create(asObject(head, step.fields), step.manager);
    case "apply":
      return cluster.apply(asObject(head, step.fields), step.manager);
    case "apply status":
      return cluster.apply(asObject(head, step.fields), step.manager, "status");
    case "update":
      return cluster.update(replaced(step.stale ? stale(last) : last, step.fields), step.manager);
    case "update status":
      return cluster.update(replaced(last, step.fields), step.manager, "status");
    case "delete":
      return cluster.delete(asObject(head, {}), step.propagation);
  }
}

function asObject({ apiVersion, kind, name }: Head, fields: Fields): JsonObject {
  const { metadata, ...rest } = fields;
  return { ...rest, apiVersion, kind, metadata: { ...(metadata as object), name, namespace: "default" } } as JsonObject;
}

function replaced(object: JsonObject, { metadata, ...fields }: Fields): JsonObject {
  return {
    ...object,
    ...fields,
    metadata: { ...(object["metadata"] as object), ...(metadata as object) },
  } as JsonObject;
}

function stale(object: JsonObject): JsonObject {
  return { ...object, metadata: { ...(object["metadata"] as object), resourceVersion: "999999999" } } as JsonObject;
}

function asSeen(outcome: Outcome, versions: string[], step?: Step): unknown {
  if ("refused" in outcome) return outcome.refused || (outcome.code === 500 ? "InternalError" : outcome.message);
  if (step?.what === "delete") return "done";
  const { metadata, ...rest } = outcome.object;
  const { managedFields = [], resourceVersion, ...meta } = metadata as JsonObject & { managedFields?: JsonObject[] };
  return {
    ...rest,
    metadata: {
      ...meta,
      uid: typeof meta["uid"],
      resourceVersion: numberOf(String(resourceVersion), versions),
      creationTimestamp: typeof meta["creationTimestamp"],
      deletionTimestamp: typeof meta["deletionTimestamp"],
      managedFields: managedFields.map(withoutTime).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    },
  };
}

/** Versions are numbered as they are seen. */
function numberOf(version: string, versions: string[]): number {
  if (!versions.includes(version)) versions.push(version);
  return versions.indexOf(version);
}

function withoutTime(entry: JsonObject): JsonObject {
  return { ...entry, time: typeof entry["time"] };
}

function keyOf({ manager, operation, subresource = "" }: Readonly<Record<string, JsonValue>>): string {
  return JSON.stringify([manager, operation, subresource]);
}
