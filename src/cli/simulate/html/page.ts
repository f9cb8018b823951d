import { identityOf, titleOf } from "../../../simulate/timeline/identity.js";
import { elapsed } from "../elapsed.js";
import { labelOf } from "../fold.js";
import { printJSON } from "../print-json.js";
import { type Story } from "../story.js";
import { summary } from "../summary.js";
import { wholeSeconds } from "../whole-seconds.js";
import { WORDS } from "../words.js";
import { drawGraph } from "./draw-graph.js";
import { drawLanes } from "./draw-lanes.js";
import { embedded, html, type Markup, trusted } from "./markup.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";

/** A story as one page that needs nothing else: no request, and no script to be read. */
export function page(exact: Story): string {
  const story = wholeSeconds(exact, PAUSE);
  const anchors = anchorsOf(story);
  const title = story.composites.map(({ object }) => titleOf(object)).join(", ");
  const { html: text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${title} · simulated</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="verdict ${story.isPassed ? "good" : "bad"}">${story.isPassed ? "✔ as wished" : "✖ not as wished"}</p>
<label class="filter" hidden>Filter <input type="search" placeholder="name, kind or resource"></label>
</header>
<main>
<section aria-label="What it came to"><pre class="summary">${summary(story, (_, line) => line).join("\n")}</pre>${upgrades(story)}</section>
<section><h2>Timeline</h2>${LEGEND}${drawLanes(story, anchors)}<p class="note">Long waits are drawn shorter than they are. Bars are what the cluster has, the thin line below them is the cloud.</p></section>
<section><h2>Resources</h2>${GRAPH_LEGEND}${drawGraph(story, anchors)}</section>
<section><details id="all"><summary><h2>All that happened</h2></summary>${table(story, anchors)}</details></section>
</main>
<aside id="detail" hidden aria-live="polite" tabindex="-1"></aside>
<script type="application/json" id="story">${embedded(JSON.parse(printJSON(exact)))}</script>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`;
  return text;
}

/** Between stages, so that there is room for the beginning of each. In milliseconds. */
const PAUSE = 4000;

/** A place in the page for each object. */
function anchorsOf({ timeline }: Story): ReadonlyMap<string, string> {
  const ids = new Set(timeline.map(({ object }) => identityOf(object)));
  return new Map([...ids].map((id, index) => [id, `o${index + 1}`]));
}

const LEGEND = html`<ul class="legend" aria-label="Colours">${["creating", "ready", "waiting", "failed", "deleting", "present"].map((state) => html`<li><svg width="22" height="12" aria-hidden="true"><rect class="s-${state}" width="22" height="12" rx="3"/></svg> ${state === "present" ? "there" : state}</li>`)}<li><svg width="22" height="12" aria-hidden="true"><line class="cloud" x1="0" x2="22" y1="6" y2="6"/></svg> in the cloud</li>${(["published", "changed", "not yet", "held", "failed", "fault", "kept"] as const).map((what) => html`<li><b class="t-${WORDS[what].tone}">${WORDS[what].sign}</b> ${WORDS[what].word}</li>`)}</ul>`;

const GRAPH_LEGEND = html`<ul class="legend" aria-label="Lines">${["composes", "refers", "protects"].map((kind) => html`<li><svg width="26" height="12" aria-hidden="true"><path class="edge e-${kind}" d="M0 6H26"/></svg> ${kind === "protects" ? "kept by a Usage for" : kind === "refers" ? "refers to" : kind}</li>`)}</ul>`;

function upgrades({ stages }: Story): readonly Markup[] {
  return stages.flatMap(({ title, upgrade }) => {
    if (!upgrade) return [];
    const items = upgrade.map(
      ({ does, object, fields }) =>
        html`<li class="u-${does}"><b>${does}</b> ${object.kind} ${labelOf(object)}${fields.length > 0 ? `: ${fields.join(", ")}` : ""}</li>`,
    );
    return [
      html`<div class="upgrade"><h2>${title}</h2><ul>${items.length > 0 ? items : html`<li>changes nothing that is composed</li>`}</ul></div>`,
    ];
  });
}

function table({ timeline, stages }: Story, anchors: ReadonlyMap<string, string>): Markup {
  const seen = new Set<string>();
  const rows = timeline.map(({ at, stage, what, object, message = "", fields = [] }) => {
    const anchor = anchors.get(identityOf(object)) ?? "";
    const isFirst = !seen.has(anchor);
    seen.add(anchor);
    const detail = [message, fields.join(", ")].filter((part) => part !== "").join(" ");
    const text = `${titleOf(object)} ${labelOf(object)} ${object.externalName ?? ""}`.toLowerCase();
    return html`<tr data-object="${anchor}" data-text="${text}"${isFirst ? html` id="${anchor}"` : undefined}><td>${stage + 1}</td><td>+${elapsed(at - (stages[stage]?.began ?? 0))}</td><td class="t-${WORDS[what].tone}">${WORDS[what].sign} ${what}</td><td>${object.kind} ${object.resource ?? object.name}</td><td>${detail}</td></tr>
`;
  });
  return html`<table class="all"><thead><tr><th scope="col">stage</th><th scope="col">time</th><th scope="col">what</th><th scope="col">object</th><th scope="col">detail</th></tr></thead><tbody>
${rows}</tbody></table>`;
}
