import { isObject, nameOf, namespaceOf, textAt } from "../../../render/unstructured.js";
import { type Subject } from "../../../simulate/timeline/happening.js";
import { identityOf } from "../../../simulate/timeline/identity.js";
import { subjectOf } from "../../../simulate/timeline/subject.js";
import { type JsonValue } from "../../../wire/index.js";
import { type CloudThing, type Story } from "../story.js";
import { isGone, type Lane, lanesOf } from "./lanes.js";

/** How the things of a story hang together. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

export interface Node {
  readonly id: string;
  readonly object: Subject;
  /** Its row, from 0; undefined for what composes something, and stands beside that. */
  readonly row: number | undefined;
  readonly column: "composite" | "composed";
  readonly state: "ready" | "waiting" | "gone" | "there";
  /** What the cloud has of it. */
  readonly cloud: CloudThing | undefined;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** `refers`: a field of `from` names `to`. `protects`: a Usage keeps `from` while `to` is there. */
  readonly kind: "composes" | "refers" | "protects";
  readonly label: string;
}

/**
 * Nodes of everything that there was, and edges of what composes it; references and Usages as they lie in the cluster and in
 * the cloud at the end.
 */
export function graphOf(story: Story): Graph {
  const { cloud } = story;
  const lanes = lanesOf(story).filter(isShown);
  const things = new Map(cloud.map((each) => [identityOf(each.of), each]));
  const owners = new Set(lanes.map(({ object }) => object.composite ?? ""));
  const rows = lanes.filter(({ object }) => !owners.has(keyOf(object))).map(({ id }) => id);
  const nodes = lanes.map((lane): Node => {
    const { id, object, segments } = lane;
    const isOwner = owners.has(keyOf(object));
    const row = isOwner ? undefined : rows.indexOf(id);
    const state = isGone(lane) ? "gone" : stateOf(segments.at(-1)?.state);
    return { id, object, row, column: isOwner ? "composite" : "composed", state, cloud: things.get(id) };
  });
  return { nodes, edges: [...compositions(nodes), ...references(nodes, story), ...usages(nodes, story)] };
}

/** What protects something is an edge. */
function isShown({ object }: Lane): boolean {
  return object.kind !== "Usage" && object.kind !== "ClusterUsage";
}

function stateOf(last: Lane["segments"][number]["state"] | undefined): Node["state"] {
  if (last === "ready") return "ready";
  return last === "present" ? "there" : "waiting";
}

const keyOf = ({ kind, name }: Subject) => `${kind}/${name}`;

function compositions(nodes: readonly Node[]): readonly Edge[] {
  const owners = new Map(nodes.map((node) => [keyOf(node.object), node.id]));
  return nodes.flatMap(({ id, object }): readonly Edge[] => {
    const owner = owners.get(object.composite ?? "");
    return owner === undefined ? [] : [{ from: owner, to: id, kind: "composes", label: object.resource ?? "" }];
  });
}

function references(nodes: readonly Node[], { objects }: Story): readonly Edge[] {
  const known = new Set(nodes.map(({ id }) => id));
  return objects.flatMap((object) => {
    const from = identityOf(subjectOf(object));
    const spec = isObject(object["spec"]) ? object["spec"] : {};
    if (!known.has(from)) return [];
    return namesIn(spec["forProvider"], "").flatMap(({ field, name }): readonly Edge[] => {
      const target = nodes.find(
        (node) => node.object.name === name && node.object.namespace === namespaceOf(object) && node.id !== from,
      );
      return target ? [{ from, to: target.id, kind: "refers", label: field }] : [];
    });
  });
}

/** What fields such as `bucketRef` name. */
function namesIn(value: JsonValue | undefined, field: string): readonly { field: string; name: string }[] {
  if (Array.isArray(value)) return value.flatMap((item) => namesIn(item, field));
  if (!isObject(value)) return [];
  const { name } = value;
  if (/Refs?$/.test(field) && typeof name === "string") return [{ field, name }];
  return Object.entries(value).flatMap(([key, entry]) => namesIn(entry, key));
}

function usages(nodes: readonly Node[], { objects }: Story): readonly Edge[] {
  return objects
    .filter((object) => object["kind"] === "Usage" || object["kind"] === "ClusterUsage")
    .flatMap((usage): readonly Edge[] => {
      const find = (side: string) => {
        const kind = textAt(usage, ["spec", side, "kind"]);
        const name = textAt(usage, ["spec", side, "resourceRef", "name"]);
        return nodes.find(({ object }) => object.kind === kind && object.name === name)?.id;
      };
      const [from, to] = [find("of"), find("by")];
      if (from === undefined || to === undefined) return [];
      const reason = textAt(usage, ["spec", "reason"]);
      return [{ from, to, kind: "protects", label: reason === "" ? `Usage ${nameOf(usage)}` : reason }];
    });
}
