import { identityOf, titleOf } from "../../../simulate/timeline/identity.js";
import { elapsed } from "../elapsed.js";
import { labelOf } from "../fold.js";
import { type News } from "../news.js";
import { type Story } from "../story.js";
import { type Said, WORDS } from "../words.js";
import { type Axis, axisOf } from "./axis.js";
import { isGone, type Lane, lanesOf, type State } from "./lanes.js";
import { html, type Markup } from "./markup.js";

/** The timeline as lanes, a row of a table for each object. */
export function drawLanes(story: Story, anchors: ReadonlyMap<string, string>): Markup {
  const { timeline, stages } = story;
  const end = stages.at(-1)?.ended ?? 0;
  const axis = axisOf([...timeline.map(({ at }) => at), ...stages.flatMap(({ began, ended }) => [began, ended])]);
  const lanes = lanesOf(story);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Timeline">
<table class="lanes">
<thead><tr><th scope="col">object</th><td>${drawAxis(axis, stages)}</td></tr></thead>
<tbody>
${lanes.map((lane) => drawLane(lane, { axis, anchors, stages, end, text: searchText(lane, lanes) }))}</tbody>
</table></div>`;
}

interface LaneOptions {
  readonly axis: Axis;
  readonly anchors: ReadonlyMap<string, string>;
  readonly stages: Story["stages"];
  /** Of the simulation, in milliseconds. */
  readonly end: number;
  /** What the filter looks into. */
  readonly text: string;
}

const AXIS_HEIGHT = 46;
const HEIGHT = 26;
const TAIL = 26;

function drawAxis(axis: Axis, stages: Story["stages"]): Markup {
  const bands = stages.map(({ title, began, ended }, index) => {
    const next = stages[index + 1];
    const from = axis.at(began);
    // A stage in which no time passes has a name all the same.
    const to = next === undefined ? axis.at(ended) + TAIL : Math.max(axis.at(ended), axis.at(next.began) - 12);
    const text = shortened(`${index + 1} ${title}`, Math.max(1, Math.floor((to - from - 8) / 6.6)));
    return html`<g><title>${title}: ${elapsed(ended - began)}</title><rect class="band b${index % 2}" x="${from}" y="2" width="${Math.max(2, to - from)}" height="20" rx="3"/><text class="stage" x="${from + 6}" y="16">${text}</text></g>`;
  });
  const moment = momentIn(stages);
  const starts = new Set(stages.map(({ began }) => began));
  const ticks = axis.ticks.map(
    (time) =>
      html`<line class="tick" x1="${axis.at(time)}" x2="${axis.at(time)}" y1="24" y2="30"/><text class="time" x="${axis.at(time)}" y="42" text-anchor="${starts.has(time) ? "start" : "middle"}">${moment(time)}</text>`,
  );
  return html`<svg width="${axis.width}" height="${AXIS_HEIGHT}" role="img" aria-label="stages and time">${bands}${ticks}</svg>`;
}

function drawLane(lane: Lane, { axis, anchors, stages, end, text }: LaneOptions): Markup {
  const { object, segments, cloud, happenings } = lane;
  // What is there at the end goes on a little, so that what came last can be seen.
  const until = (to: number, goesOn: boolean) => axis.at(to) + (goesOn && to === end ? TAIL : 0);
  const label = labelOf(object);
  const moment = momentIn(stages);
  const lines = stages.map(
    ({ began: at }) => html`<line class="begin" x1="${axis.at(at)}" x2="${axis.at(at)}" y1="0" y2="${HEIGHT}"/>`,
  );
  const bars = segments.map(({ state, from, to }) => {
    const [x, width] = [axis.at(from), Math.max(3, until(to, !isGone(lane)) - axis.at(from))];
    return html`<rect class="s-${state}" x="${x}" y="6" width="${width}" height="14" rx="3"><title>${label} is ${STATES[state]} from ${moment(from)} to ${moment(to)}</title></rect>`;
  });
  const clouds = cloud.map(
    ({ from, to, isLeft }) =>
      html`<line class="cloud${isLeft ? " left" : ""}" x1="${axis.at(from)}" x2="${until(to, true)}" y1="23.5" y2="23.5"><title>${isLeft ? "the cloud still has it" : "the cloud has it"}</title></line>`,
  );
  const anchor = anchors.get(identityOf(object)) ?? "";
  return html`<tr class="${object.composite === undefined ? "own" : "part"}" data-object="${anchor}" data-text="${text}"><th scope="row"><a href="#${anchor}" title="${titleOf(object)}">${label}</a>${object.resource === undefined ? undefined : html` <small>${object.kind}</small>`}</th><td><svg width="${axis.width}" height="${HEIGHT}" role="img" aria-label="${spoken(lane, moment)}">${lines}${clouds}${bars}${markersOf(happenings, axis, moment)}</svg></td></tr>
`;
}

const STATES: Readonly<Record<State, string>> = {
  creating: "being created",
  ready: "ready",
  waiting: "waiting",
  failed: "failing",
  deleting: "being deleted",
  present: "there",
};

type Moment = (ms: number) => string;

/** Says a moment as it is in its stage. */
function momentIn(stages: Story["stages"]): Moment {
  return (ms) => `+${elapsed(ms - (stages.findLast(({ began }) => began <= ms)?.began ?? 0))}`;
}

/** What has a mark of its own in a lane. */
const MARKS: ReadonlySet<Said> = new Set(["published", "not yet", "fault", "held", "failed", "kept", "changed"]);

function markersOf(happenings: readonly News[], axis: Axis, moment: Moment): readonly Markup[] {
  const taken = new Map<number, number>();
  return happenings
    .filter(({ what }) => MARKS.has(what))
    .map(({ at, what, message = "", fields = [] }) => {
      const order = taken.get(at) ?? 0;
      taken.set(at, order + 1);
      const x = axis.at(at) + 8 + order * 15;
      const { sign, word, tone } = WORDS[what];
      const detail = [message, fields.join(", ")].filter((part) => part !== "").join(" ");
      return html`<g class="mark t-${tone}"><title>${moment(at)} ${word}${detail === "" ? "" : ": "}${detail}</title><circle cx="${x}" cy="13" r="7.5"/><text x="${x}" y="17" text-anchor="middle">${sign}</text></g>`;
    });
}

/** A part is found by its XR too, and an XR by its parts: of several, each says whose they are. */
function searchText({ object }: Lane, lanes: readonly Lane[]): string {
  const parts = lanes.filter((lane) => lane.object.composite === `${object.kind}/${object.name}`);
  const texts = [object, ...parts.map((lane) => lane.object)].map(
    ({ composite = "", resource = "", externalName = "", ...each }) =>
      [titleOf(each), composite.split("/").slice(1).join("/"), resource, externalName].join(" "),
  );
  return texts.join(" ").toLowerCase();
}

function spoken({ object, segments }: Lane, moment: Moment): string {
  const parts = segments.map(({ state, from }) => `${STATES[state]} from ${moment(from)}`);
  return `${labelOf(object)}: ${parts.join(", ")}`;
}

/** A text of at most so many characters. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}
