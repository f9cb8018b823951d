import { grouped } from "../../simulate/timeline/grouped.js";
import { type Happening, type Subject } from "../../simulate/timeline/happening.js";
import { identityOf, titleOf } from "../../simulate/timeline/identity.js";
import { elapsed } from "./elapsed.js";
import { listNames } from "./list-names.js";
import { type News, newsOf } from "./news.js";
import { type Said } from "./words.js";

/** One line of a timeline: what happened in one moment, to one or to several things alike. */
export interface Line {
  /** Milliseconds since the simulation began. */
  readonly at: number;
  readonly what: Said;
  /** The XR that it is part of, or that it is: `XBucket/receipts`. Undefined for what is of none. */
  readonly of: string | undefined;
  /** Whether it is an XR or a claim that it happened to. */
  readonly isComposite: boolean;
  /** How many things it happened to. */
  readonly count: number;
  readonly text: string;
}

/**
 * The lines of a stage. What happened to several parts of an XR in the same moment is one line; what is no news has none.
 *
 * @param isComposite tells XRs and claims
 */
export function fold(stage: readonly Happening[], isComposite: (subject: Subject) => boolean): readonly Line[] {
  const lines = grouped(newsOf(stage, isComposite), (each) => JSON.stringify(keyOf(each, isComposite(each.object))));
  const all = [...lines.values()].flatMap((alike): readonly Line[] => {
    const [first] = alike;
    if (!first) return [];
    const { at, what, object } = first;
    const is = isComposite(object);
    const of = object.composite ?? (is ? `${object.kind}/${object.name}` : undefined);
    const text = [subjects(alike, is), detailOf(first)].filter((part) => part !== "").join(": ");
    const count = new Set(alike.map((each) => identityOf(each.object))).size;
    return [{ at, what, of, isComposite: is, count, text }];
  });
  return withoutRefrain(all);
}

/** What happens over and over is said twice, and then how often it did. */
function withoutRefrain(lines: readonly Line[]): readonly Line[] {
  const refrains = grouped(lines, refrainOf);
  return lines.flatMap((line) => {
    const alike = refrains.get(refrainOf(line)) ?? [];
    const index = alike.indexOf(line);
    if (alike.length <= MOST_OFTEN || index === 0) return [line];
    const since = elapsed((alike.at(-1)?.at ?? line.at) - line.at);
    return index === 1 ? [{ ...line, text: `${line.text}, and ${alike.length - 2} times more within ${since}` }] : [];
  });
}

const MOST_OFTEN = 3;
const refrainOf = ({ what, of, text }: Line) => JSON.stringify([what, of, text]);

function keyOf({ at, what, object, message, fields }: News, isComposite: boolean): readonly unknown[] {
  // Each Secret has its own keys, and each XR its own line.
  const own = isComposite || what === "published" ? identityOf(object) : undefined;
  return [at, what, object.composite, own, NAMELESS.has(what) ? "" : message, fields];
}

/** What there is nothing to say of but that it happened. */
const NAMELESS: ReadonlySet<Said> = new Set(["created", "ready", "made", "deleted", "removed", "recovered", "applied"]);

function subjects(alike: readonly News[], isComposite: boolean): string {
  const [first] = alike;
  if (!first) return "";
  // What an XR waits for says itself what part of it that is.
  if (isComposite && first.what === "waiting") return "";
  if (first.what === "published") return "";
  return listNames(alike.map(({ object }) => labelOf(object))).join(", ");
}

/** What something is called beside others of its XR. */
export function labelOf(subject: Subject): string {
  return subject.resource ?? titleOf(subject);
}

function detailOf({ what, object, message = "", fields = [] }: News): string {
  if (what === "published") return `${object.name} holds ${keysOf(fields).join(", ")}`;
  if (what === "kept") return `${object.externalName ?? object.name} stays in the cloud`;
  if (what === "changed" || what === "applied") return listed(fields);
  if (what === "made" && object.externalName !== undefined) return "";
  if (what === "said") return message.replace(/^(Normal|Warning) \w+: /, "");
  return NAMELESS.has(what) ? "" : message;
}

/** The keys of a Secret. */
export function keysOf(fields: readonly string[]): readonly string[] {
  return fields.map((field) => field.replace(/^data\./, ""));
}

function listed(fields: readonly string[]): string {
  const shown = fields.slice(0, MOST_FIELDS).join(", ");
  return fields.length > MOST_FIELDS ? `${shown} and ${fields.length - MOST_FIELDS} more` : shown;
}

const MOST_FIELDS = 4;
