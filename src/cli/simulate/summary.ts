import { isObject, nameOf, namespaceOf, textAt } from "../../render/unstructured.js";
import { grouped } from "../../simulate/timeline/grouped.js";
import { identityOf, titleOf } from "../../simulate/timeline/identity.js";
import { subjectOf } from "../../simulate/timeline/subject.js";
import { type JsonObject } from "../../wire/index.js";
import { keptBy } from "../render/explain.js";
import { printable } from "../render/printable.js";
import { elapsed } from "./elapsed.js";
import { labelOf } from "./fold.js";
import { listNames } from "./list-names.js";
import { type CloudThing, type CompositeStory, type Story } from "./story.js";
import { type Tone } from "./words.js";
import { wrap } from "./wrap.js";

type Paint = (tone: Tone | "bold" | "dim", text: string) => string;

/** What a story came to: how each XR is, what lies in its namespace, and what is in the cloud. */
export function summary(story: Story, paint: Paint): readonly string[] {
  return [
    ...story.composites.flatMap((composite) => [
      ...compositeLines(composite, paint),
      ...keptLines(composite, story.objects, paint),
    ]),
    ...namespaceLines(story, paint),
    ...cloudLines(story.cloud, paint),
  ];
}

function compositeLines({ object, wanted, state, took, why }: CompositeStory, paint: Paint): readonly string[] {
  const isDone = state === wanted;
  const after = took === undefined || !isDone ? "" : ` after ${elapsed(took)}`;
  const sentence = printable(`${titleOf(object)} ${STATES[state]}${after}`);
  const line = paint("bold", paint(isDone ? "good" : "bad", `${isDone ? "✔" : "✖"} ${sentence}`));
  if (isDone || why === undefined) return [line];
  return [line, ...why.split("; ").flatMap((part) => wrap(printable(part), WIDTH).map((text) => `    ${text}`))];
}

/** What functions made with Trimtab would compose no more, and do not delete unasked. */
function keptLines({ object }: CompositeStory, objects: readonly JsonObject[], paint: Paint): readonly string[] {
  const composite = objects.find((each) => identityOf(subjectOf(each)) === identityOf(object));
  const kept = keptBy(composite ?? {});
  if (kept.length === 0) return [];
  const text = `kept, though nothing composes it any more: ${listNames(kept).join(", ")}`;
  return wrap(printable(text), WIDTH).map((line) => `    ${paint("busy", line)}`);
}

const STATES: Readonly<Record<CompositeStory["state"], string>> = {
  ready: "is ready",
  waiting: "is not ready",
  held: "is still there",
  leaving: "is gone, and what it composed is not",
  gone: "is gone",
};

const WIDTH = 96;
const LABEL = 15;

function namespaceLines({ objects, composites }: Story, paint: Paint): readonly string[] {
  const spaces = new Set([...objects.map(namespaceOf), ...composites.map(({ object }) => object.namespace)]);
  const lines = [...spaces]
    .filter((namespace) => namespace !== "")
    .toSorted()
    .flatMap((namespace) => {
      const own = objects.filter((object) => namespaceOf(object) === namespace);
      const xrs = new Set(composites.map(({ object }) => titleOf(object)));
      const others = own.filter((object) => !xrs.has(titleOf(subjectOf(object))));
      return labelled(`in ${namespace}`, contents(others), paint);
    });
  return lines;
}

/** Secrets with their keys, what a service brings itself, and how many managed resources there are. */
function contents(objects: readonly JsonObject[]): readonly string[] {
  const isManaged = (object: JsonObject) => isObject(object["spec"]) && "forProvider" in object["spec"];
  const isSecret = (object: JsonObject) => object["kind"] === "Secret" && textAt(object, ["apiVersion"]) === "v1";
  const leaving = objects.filter((object) => textAt(object, ["metadata", "deletionTimestamp"]) !== "");
  const staying = objects.filter((object) => !leaving.includes(object));
  const managed = staying.filter(isManaged);
  const rest = staying.filter((object) => !isManaged(object) && !isSecret(object));
  const kinds = [...grouped(rest, ({ kind }) => String(kind))].map(([kind, all]) =>
    all.length > 2 ? `${all.length} of ${kind}` : all.map((object) => `${kind} ${nameOf(object)}`).join(", "),
  );
  return [
    ...staying.filter(isSecret).map(secret),
    ...(kinds.length > 0 ? [kinds.join(", ")] : []),
    ...(leaving.length > 0 ? [`being deleted: ${listNames(leaving.map(subjectOf).map(labelOf)).join(", ")}`] : []),
    ...(managed.length > 0 ? [`${managed.length} managed ${managed.length === 1 ? "resource" : "resources"}`] : []),
  ];
}

function secret(object: JsonObject): string {
  const keys = isObject(object["data"]) ? Object.keys(object["data"]) : [];
  return `Secret ${nameOf(object)}${keys.length > 0 ? `: ${keys.join(", ")}` : ", empty"}`;
}

/** What nothing in the cluster has any more stands by its name; what was made as wished is counted by kind. */
function cloudLines(cloud: readonly CloudThing[], paint: Paint): readonly string[] {
  const left = cloud.filter(({ isLeft }) => isLeft);
  const own = cloud.filter(({ isLeft }) => !isLeft);
  const kinds = [...grouped(own, ({ of }) => of.kind)].map(([kind, all]) =>
    all.length === 1 ? kind : `${all.length} of ${kind}`,
  );
  return [
    ...(own.length > 0 || left.length === 0
      ? labelled("in the cloud", kinds.length > 0 ? [kinds.join(", ")] : [], paint)
      : []),
    ...(left.length > 0 ? labelled(own.length > 0 ? "left there" : "in the cloud", namedIn(left), paint) : []),
  ];
}

/** Several things may be one: what secures a bucket has the bucket's name. */
function namedIn(left: readonly CloudThing[]): readonly string[] {
  return [...grouped(left, ({ name }) => name)].map(([name, all]) => {
    const holds = Math.max(...all.map((each) => each.holds));
    const within = holds > 0 ? `, with ${holds} ${holds === 1 ? "thing" : "things"} in it` : "";
    return `${name}: ${all.map(({ of }) => of.kind).join(", ")}${within}`;
  });
}

function labelled(label: string, entries: readonly string[], paint: Paint): readonly string[] {
  const all = entries.length > 0 ? entries : ["nothing"];
  const lines = all.flatMap((entry) => wrap(printable(entry), WIDTH));
  // A long name of a namespace has a line of its own.
  const isLong = label.length >= LABEL;
  const rest = lines.map((line, index) => [index === 0 && !isLong ? label : "", line] as const);
  return (isLong ? [[label, ""] as const, ...rest] : rest).map(([name, line]) =>
    `  ${paint("dim", name.padEnd(LABEL))}${line}`.trimEnd(),
  );
}
