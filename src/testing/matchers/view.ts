import { type Outcome } from "../../function/index.js";
import { type Event } from "../../render/event.js";
import { PipelineFatal } from "../../render/pipeline-fatal.js";
import { type Rendered } from "../../render/render.js";
import { annotationsOf, COMPOSITION_RESOURCE_NAME, objectsAt, textAt } from "../../render/unstructured.js";
import { type Resource } from "../../resource/resource.js";
import { type Mask, masker } from "../../resource/secrets.js";
import { type Simulation } from "../../simulate/simulation.js";
import { type JsonObject } from "../../wire/index.js";
import { maskOf } from "../provenance.js";

export type Severity = "Normal" | "Warning" | "Fatal";

/** What matchers see of what they are given, whatever that is. */
export interface View {
  readonly composed: readonly { readonly key: string; readonly object: JsonObject }[];
  /** The composition resource names of what is of use; undefined where that is not said. */
  readonly ready: readonly string[] | undefined;
  /** What waits, and for what; where that is not told apart, the name is undefined. */
  readonly waiting: readonly { readonly key: string | undefined; readonly what: string }[];
  /** What is let go of, by composition resource name. */
  readonly deleted: readonly string[];
  /** Undefined where their severity is not said. */
  readonly results: readonly { readonly severity: Severity; readonly message: string }[] | undefined;
  /** What stays though it waits or nobody declares it any more; undefined where that is not told from the rest. */
  readonly kept: readonly string[] | undefined;
  readonly mask: Mask;
}

/**
 * Sees what `run`, `reconcile`, `settle`, `render` or `simulate` returned, and the PipelineFatal that `render` throws.
 *
 * @throws Error for anything else
 */
export function viewOf(received: unknown): View {
  if (received instanceof PipelineFatal) return ofFatal(received);
  if (isRecord(received)) {
    if ("waiting" in received && "removed" in received) return ofOutcome(received as unknown as Outcome);
    if ("timeline" in received && "stages" in received) return ofSimulation(received as unknown as Simulation);
    if ("composed" in received && "composite" in received) return ofRendered(received as unknown as Rendered);
  }
  const hint = received instanceof Promise ? "a promise: await it" : `${received === null ? "null" : typeof received}`;
  throw new Error(
    `cannot look into what was given to expect: it is not what run, reconcile, settle, render or simulate return, but ${hint}`,
  );
}

function ofOutcome(outcome: Outcome): View {
  const { resources, ready, waiting, removed, forgotten, results } = outcome;
  const composed = Object.entries(resources).map(([key, object]) => ({ key, object: object as unknown as JsonObject }));
  return {
    composed,
    ready: Object.keys(ready).filter((key) => ready[key]),
    waiting: Object.entries(waiting).map(([key, what]) => ({ key, what })),
    deleted: removed,
    results,
    kept: Object.keys(resources).filter((key) => Object.hasOwn(waiting, key) || forgotten.includes(key)),
    mask: lazy(() => maskOf(outcome)),
  };
}

function ofRendered({ composite, composed, deleted, events }: Rendered): View {
  const named = composed.map((object) => ({ key: keyOf(object), object }));
  const condition = objectsAt(composite, ["status", "conditions"]).find((each) => each["type"] === "Composed");
  return {
    composed: named,
    ready: undefined,
    waiting: condition?.["reason"] === "Waiting" ? needs(textAt(condition, ["message"])) : [],
    deleted: deleted.map(keyOf),
    results: events.flatMap(toResult),
    kept: undefined,
    mask: lazy(() => masker({ details: [], objects: [...composed, ...deleted].map(asResource), clear: [] })),
  };
}

function ofFatal({ message, events }: PipelineFatal): View {
  const results = [...events.flatMap(toResult), { severity: "Fatal" as const, message }];
  return { composed: [], ready: [], waiting: [], deleted: [], results, kept: [], mask: (text) => text };
}

function ofSimulation({ objects, timeline, stages, ...simulation }: Simulation): View {
  const composed = objects.filter((object) => keyOf(object) !== "").map((object) => ({ key: keyOf(object), object }));
  const isReady = ({ object }: { readonly object: JsonObject }) =>
    objectsAt(object, ["status", "conditions"]).some((each) => each["type"] === "Ready" && each["status"] === "True");
  const composites = stages.at(-1)?.composites ?? [];
  return {
    composed,
    ready: composed.filter(isReady).map(({ key }) => key),
    waiting: composites.flatMap(({ why }) => (why === undefined ? [] : needs(why))),
    deleted: timeline.flatMap(({ what, object }) =>
      what === "deleted" && object.resource !== undefined ? [object.resource] : [],
    ),
    results: undefined,
    kept: undefined,
    mask: (text) => simulation.mask(text),
  };
}

const keyOf = (object: JsonObject) => annotationsOf(object)[COMPOSITION_RESOURCE_NAME] ?? "";
const asResource = (object: JsonObject) => object as unknown as Resource;

function toResult({ type, message }: Event): NonNullable<View["results"]> {
  return type === "" ? [] : [{ severity: type, message }];
}

/** As the condition Composed says it: `a/b needs the ARN; c needs d`. What others say is one text. */
function needs(message: string): View["waiting"] {
  return message.split("; ").map((each) => {
    const [, key, what] = /^(\S+) needs (.*)$/s.exec(each) ?? [];
    return key !== undefined && what !== undefined ? { key, what } : { key: undefined, what: each };
  });
}

/** A mask whose values are gathered for the first text that needs it: most matchers pass, and say nothing. */
function lazy(make: () => Mask): Mask {
  let mask: Mask | undefined;
  return (text) => {
    mask ??= make();
    return mask(text);
  };
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
