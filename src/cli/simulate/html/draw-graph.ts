import { titleOf } from "../../../simulate/timeline/identity.js";
import { labelOf } from "../fold.js";
import { type Story } from "../story.js";
import { shortened } from "./draw-lanes.js";
import { type Edge, type Graph, graphOf, type Node } from "./graph.js";
import { html, type Markup } from "./markup.js";

/** The graph of resources: what composes stands left, what is composed in the middle, and what the cloud has of it right. */
export function drawGraph(story: Story, anchors: ReadonlyMap<string, string>): Markup {
  const graph = graphOf(story);
  const places = layout(graph);
  const rows = graph.nodes.filter(({ row }) => row !== undefined).length;
  const height = TOP + Math.max(rows, 1) * ROW + 10;
  const bulge = Math.max(60, ...graph.edges.filter(isArc).map((edge) => bulgeOf(edge, places)));
  const cloudX = COMPOSED_X + BOX + bulge + 20;
  const options = { places, anchors, cloudX };
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Resources">
<svg class="graph" width="${cloudX + CLOUD + 10}" height="${height}" role="img" aria-label="XRs, what they compose, and what the cloud has">
<defs>${["refers", "protects"].map((kind) => html`<marker id="m-${kind}" class="e-${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker>`)}</defs>
<text class="head" x="10" y="16">composes</text><text class="head" x="${COMPOSED_X}" y="16">in the cluster</text><text class="head" x="${cloudX}" y="16">in the cloud</text>
${graph.edges.map((edge) => drawEdge(edge, places, anchors))}
${graph.nodes.map((node) => drawNode(node, options))}
</svg></div>`;
}

const TOP = 28;
const ROW = 34;
const BOX = 380;
const COMPOSITE_X = 10;
const COMPOSED_X = COMPOSITE_X + BOX + 110;
const CLOUD = 330;
const BOX_HEIGHT = 26;
/** How many letters a box has room for, and at most those of the label. */
const MOST = 52;
const MOST_LABEL = 46;

type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/** Rows as the nodes stand; what composes stands beside the middle of what it composes. */
function layout({ nodes, edges }: Graph): Places {
  const rows = new Map(nodes.map(({ id, row }) => [id, row]));
  const rowOf = (id: string): number => {
    const own = rows.get(id);
    if (own !== undefined) return own;
    const below = edges.filter(({ kind, from }) => kind === "composes" && from === id).map(({ to }) => rowOf(to));
    return below.length === 0 ? 0 : (Math.min(...below) + Math.max(...below)) / 2;
  };
  return new Map(
    nodes.map(({ id, column }) => [
      id,
      { x: column === "composite" ? COMPOSITE_X : COMPOSED_X, y: Math.round(TOP + rowOf(id) * ROW) },
    ]),
  );
}

const isArc = ({ kind }: Edge) => kind !== "composes";

function bulgeOf({ from, to }: Edge, places: Places): number {
  const rows = Math.abs((places.get(from)?.y ?? 0) - (places.get(to)?.y ?? 0)) / ROW;
  return Math.round(30 + 16 * Math.min(rows, 12));
}

function drawEdge(edge: Edge, places: Places, anchors: ReadonlyMap<string, string>): Markup {
  const [from, to] = [places.get(edge.from), places.get(edge.to)];
  if (!from || !to) return html``;
  const [y1, y2] = [from.y + BOX_HEIGHT / 2, to.y + BOX_HEIGHT / 2];
  const ends = html`data-from="${anchors.get(edge.from)}" data-to="${anchors.get(edge.to)}"`;
  if (!isArc(edge)) {
    const [x1, x2] = [from.x + BOX, to.x];
    const middle = (x1 + x2) / 2;
    return html`<path class="edge e-composes" ${ends} d="M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}"/>`;
  }
  const far = Math.max(from.x, to.x) + BOX + bulgeOf(edge, places);
  const [x1, x2] = [from.x + BOX, to.x + BOX + 2];
  const shift = y1 < y2 ? -5 : 5;
  return html`<path class="edge e-${edge.kind}" ${ends} marker-end="url(#m-${edge.kind})" d="M${x1} ${y1 - shift}C${far} ${y1 - shift} ${far} ${y2 + shift} ${x2} ${y2 + shift}"><title>${edge.label}</title></path>`;
}

interface NodeOptions {
  readonly places: Places;
  readonly anchors: ReadonlyMap<string, string>;
  readonly cloudX: number;
}

function drawNode(node: Node, { places, anchors, cloudX }: NodeOptions): Markup {
  const { id, object, state, cloud } = node;
  const place = places.get(id);
  if (!place) return html``;
  const anchor = anchors.get(id) ?? "";
  const { x, y } = place;
  const label = labelOf(object);
  const shown = shortened(label, MOST_LABEL);
  const kind = object.resource === undefined ? "" : object.kind;
  return html`<a href="#${anchor}" class="node n-${state}" data-object="${anchor}" data-text="${`${titleOf(object)} ${label} ${cloud?.name ?? ""}`.toLowerCase()}"><title>${titleOf(object)}: ${STATES[state]}</title><rect x="${x}" y="${y}" width="${BOX}" height="${BOX_HEIGHT}" rx="5"/><circle cx="${x + 13}" cy="${y + 13}" r="4.5"/><text x="${x + 25}" y="${y + 17}">${shown}</text><text class="kind" x="${x + BOX - 8}" y="${y + 17}" text-anchor="end">${shortened(kind, MOST - shown.length)}</text></a>
${cloud && html`<g class="thing${cloud.isLeft ? " left" : ""}" data-object="${anchor}"><title>${cloud.of.kind} ${cloud.name}${cloud.isLeft ? ": nothing in the cluster has it any more" : ""}</title><line class="edge e-cloud" x1="${x + BOX}" x2="${cloudX}" y1="${y + 13}" y2="${y + 13}"/><rect x="${cloudX}" y="${y}" width="${CLOUD}" height="${BOX_HEIGHT}" rx="13"/><text x="${cloudX + 13}" y="${y + 17}">${shortened(cloud.name, 44)}</text></g>`}`;
}

const STATES: Readonly<Record<Node["state"], string>> = {
  ready: "ready",
  waiting: "not ready",
  gone: "gone",
  there: "there",
};
