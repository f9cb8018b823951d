import { createColors } from "picocolors";
import { type Effect } from "../../simulate/timeline/effects.js";
import { titleOf } from "../../simulate/timeline/identity.js";
import { printable } from "../render/printable.js";
import { elapsed } from "./elapsed.js";
import { fold, type Line, labelOf } from "./fold.js";
import { compositesIn, type StageStory, type Story, works } from "./story.js";
import { summary } from "./summary.js";
import { wholeSeconds } from "./whole-seconds.js";
import { type Tone, WORDS } from "./words.js";
import { wrap } from "./wrap.js";

/** A story as a timeline to read: a part for each stage, and what it came to. */
export function printText(exact: Story, isColored: boolean): string {
  const paint = painter(isColored);
  const story = wholeSeconds(exact);
  const parts = [
    ...story.stages.map((stage, index) => stagePart(story, stage, index, paint)),
    summary(story, (tone, text) => paint(tone, text)),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Of a line, with the columns before the text. */
const WIDTH = 112;
const TIME = 8;
const MARGIN = TIME + 2 + 2 + 10;

type Paint = (tone: Tone | "bold" | "dim", text: string) => string;

function painter(isColored: boolean): Paint {
  const { bold, cyan, dim, green, magenta, red, yellow } = createColors(isColored);
  const tones = {
    bold,
    dim,
    plain: String,
    good: green,
    busy: yellow,
    bad: red,
    gone: dim,
    person: magenta,
    cloud: cyan,
  };
  return (tone, text) => tones[tone](text);
}

function stagePart(story: Story, stage: StageStory, index: number, paint: Paint): readonly string[] {
  const isComposite = compositesIn(story);
  const lines = fold(
    story.timeline.filter((each) => each.stage === index),
    isComposite,
  );
  const isOneOfMany = story.composites.length > 1;
  let last: number | undefined;
  const body = lines.flatMap((line) => {
    const time = line.at === last ? "" : `+${elapsed(line.at - stage.began)}`;
    last = line.at;
    return lineOf(line, time, { paint, isOneOfMany });
  });
  const told = body.length > 0 ? body : [`  ${paint("dim", "nothing happens")}`];
  return [header(stage, index, paint), "", ...told, ...upgradeLines(stage, paint)];
}

function header({ title, began, ended, isReached, composites }: StageStory, index: number, paint: Paint): string {
  const unready = composites.filter((each) => !works(each)).map(({ object }) => titleOf(object));
  const since = began === 0 ? "" : `, from +${elapsed(began)}`;
  const took = isReached ? `in ${elapsed(ended - began)}` : `not reached within ${elapsed(ended - began)}`;
  const then =
    unready.length === 0
      ? ""
      : `  ${paint("bad", printable(`${unready.length === 1 ? unready[0] : `${unready.length} of ${composites.length}`} not ready`))}`;
  return `${paint("bold", `${index + 1}  ${printable(title)}`)}  ${paint(isReached ? "dim" : "bad", `${took}${since}`)}${then}`;
}

function lineOf(
  { what, text, of, isComposite, count }: Line,
  time: string,
  { paint, isOneOfMany }: { readonly paint: Paint; readonly isOneOfMany: boolean },
): readonly string[] {
  const { sign, word, tone } = WORDS[what];
  const counted = count > 2 ? `${count}: ${text}` : text;
  const owned = isOneOfMany && of !== undefined && !(isComposite && what !== "waiting") ? `${nameOf(of)} · ` : "";
  const [first = "", ...more] = wrap(printable(`${owned}${counted}`), WIDTH - MARGIN);
  const isLoud = isComposite && tone === "good";
  const shown = tone === "bad" || isLoud || tone === "gone" ? paint(tone, first) : first;
  return [
    `${paint("dim", time.padStart(TIME))}  ${paint(tone, `${sign} ${word.padEnd(10)}`)}${isLoud ? paint("bold", shown) : shown}`,
    ...more.map((line) => `${" ".repeat(MARGIN)}${line}`),
  ];
}

const nameOf = (composite: string) => composite.split("/").slice(1).join("/");

function upgradeLines({ upgrade, composites }: StageStory, paint: Paint): readonly string[] {
  if (!upgrade) return [];
  // What fails may still change something once it works.
  if (upgrade.length === 0 && !composites.every(works)) return [];
  if (upgrade.length === 0) return ["", `  ${paint("good", "the upgrade changes nothing that is composed")}`];
  return ["", `  ${paint("bold", "The upgrade")}`, ...upgrade.flatMap((effect) => effectLines(effect, paint))];
}

const VERBS: Readonly<Record<Effect["does"], { readonly sign: string; readonly tone: Tone }>> = {
  recreates: { sign: "±", tone: "bad" },
  deletes: { sign: "-", tone: "bad" },
  abandons: { sign: "!", tone: "bad" },
  changes: { sign: "~", tone: "busy" },
  adds: { sign: "+", tone: "good" },
};

function effectLines({ does, object, fields, isKept }: Effect, paint: Paint): readonly string[] {
  const { sign, tone } = VERBS[does];
  const cloud = isKept ? `; the cloud keeps ${object.externalName ?? object.name}` : "";
  const remedy = does === "abandons" ? `; formerly(${JSON.stringify(object.resource)}, …) would go on with it` : "";
  const what = fields.length > 0 ? `: ${fields.join(", ")}` : "";
  const [first = "", ...more] = wrap(
    printable(`${object.kind} ${labelOf(object)}${what}${cloud}${remedy}`),
    WIDTH - 17,
  );
  return [
    `    ${paint(tone, `${sign} ${does.padEnd(10)}`)} ${first}`,
    ...more.map((line) => `${" ".repeat(17)}${line}`),
  ];
}
