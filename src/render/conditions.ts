import { type JsonObject, type JsonValue } from "../wire/index.js";
import { readTime } from "./time.js";
import { isObject, textAt, valueAt, withValue } from "./unstructured.js";

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  /** Default: none. */
  readonly message?: string;
  /** In the form of RFC 3339; null where nobody said it. Default: {@link RENDER_TIME}. */
  readonly lastTransitionTime?: string | null;
  /** Default: not said. */
  readonly observedGeneration?: number;
}

/** The time of everything that is rendered, since it has to come out the same each time. */
export const RENDER_TIME = "2024-01-01T00:00:00Z";

const CONDITIONS = ["status", "conditions"];

/**
 * The object with conditions in the place of those of the same types. One that says nothing new leaves the old one as it
 * is, with its time.
 */
export function withConditions(object: JsonObject, conditions: readonly Condition[]): JsonObject {
  const list = conditions.reduce(replace, readConditions(object).conditions);
  return withValue(object, CONDITIONS, list.map(write));
}

/** The object with conditions of Crossplane's own: they say of which generation they are, and since when, unless they do. */
export function mark(object: JsonObject, conditions: readonly Condition[], time: string): JsonObject {
  const generation = valueAt(object, ["metadata", "generation"]);
  const of = typeof generation === "number" && generation !== 0 ? { observedGeneration: generation } : {};
  return withConditions(
    object,
    conditions.map((condition) => ({ lastTransitionTime: time, ...condition, ...of })),
  );
}

/** Where a type stands several times, each of them is replaced. */
function replace(list: readonly Condition[], condition: Condition): readonly Condition[] {
  if (!list.some(({ type }) => type === condition.type)) return [...list, condition];
  return list.map((each) => (each.type === condition.type && !isSame(each, condition) ? condition : each));
}

/**
 * The object with the time of rendering in each of its conditions. As in Crossplane's CLI, a status without conditions is
 * given `null` for them, and one whose conditions are none stays as it is.
 *
 * @throws Error where the status is null
 */
export function withRenderTime(object: JsonObject): JsonObject {
  if (object["status"] === undefined) return object;
  const { conditions, isWhole } = readConditions(object);
  if (!isWhole) return object;
  if (object["status"] === null) {
    throw new Error(
      `cannot replace condition timestamps in ${textAt(object, ["kind"])} ${textAt(object, ["metadata", "name"])}: its status is null; leave it out`,
    );
  }
  const written = conditions.map((condition) => write({ ...condition, lastTransitionTime: RENDER_TIME }));
  return withValue(object, CONDITIONS, valueAt(object, CONDITIONS) == null ? null : written);
}

/** The conditions of an object's status, as far as they can be read. */
export function conditionsOf(object: JsonObject): readonly Condition[] {
  return readConditions(object).conditions;
}

/** Whether a condition is Crossplane's own to set: what a function says of it is ignored. */
export function isSystemCondition(type: string): boolean {
  return ["Ready", "Synced", "Healthy", "UpToDate", "Responsive"].includes(type);
}

function isSame(a: Condition, b: Condition): boolean {
  const said = ["type", "status", "reason"] as const;
  const generations = [a.observedGeneration ?? 0, b.observedGeneration ?? 0];
  return (
    said.every((field) => a[field] === b[field]) &&
    (a.message ?? "") === (b.message ?? "") &&
    (generations.includes(0) || generations[0] === generations[1])
  );
}

function write({ type, status, reason, message, lastTransitionTime, observedGeneration }: Condition): JsonObject {
  return {
    type,
    status,
    lastTransitionTime: lastTransitionTime === undefined ? RENDER_TIME : lastTransitionTime,
    reason,
    ...(message && { message }),
    ...(observedGeneration && { observedGeneration }),
  };
}

interface ReadConditions {
  readonly conditions: readonly Condition[];
  /** Whether all of them could be read. */
  readonly isWhole: boolean;
}

// As Go reads JSON: what is of another type is passed over, and what is no time ends the reading.
function readConditions(object: JsonObject): ReadConditions {
  const { status = {} } = object;
  if (status === null) return { conditions: [], isWhole: true };
  const values = isObject(status) ? (status["conditions"] ?? []) : undefined;
  if (!Array.isArray(values)) return { conditions: [], isWhole: false };
  const conditions: Condition[] = [];
  let isWhole = true;
  for (const value of values as readonly JsonValue[]) {
    const given = value ?? {};
    const time = isObject(given) ? readTime(given["lastTransitionTime"]) : null;
    if (time === undefined) return { conditions: [...conditions, NOTHING], isWhole: false };
    const condition = isObject(given) ? readCondition(given, time) : NOTHING;
    isWhole &&= isObject(given) && isReadable(given);
    conditions.push(condition);
  }
  return { conditions, isWhole };
}

const NOTHING: Condition = { type: "", status: "", reason: "", lastTransitionTime: null };

const TEXTS = ["type", "status", "reason", "message"];

function isReadable(given: JsonObject): boolean {
  const generation = given["observedGeneration"] ?? 0;
  return TEXTS.every((field) => typeof (given[field] ?? "") === "string") && Number.isInteger(generation);
}

function readCondition(given: JsonObject, lastTransitionTime: string | null): Condition {
  const [type = "", status = "", reason = "", message = ""] = TEXTS.map((field) => textAt(given, [field]));
  const { observedGeneration } = given;
  return {
    type,
    status,
    reason,
    message,
    lastTransitionTime,
    ...(Number.isInteger(observedGeneration) && { observedGeneration: Number(observedGeneration) }),
  };
}
