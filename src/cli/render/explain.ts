import { type Rendered } from "../../render/index.js";
import { COMPOSITION_RESOURCE_NAME } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";
import { printable } from "./printable.js";

/** What people want to know of a reconcile beside the objects. */
export interface Explanation {
  /** What waits, and what for. */
  readonly waiting: readonly string[];
  /** What is kept though nothing composes it any more. */
  readonly kept: readonly string[];
  readonly deleted: readonly string[];
  readonly warnings: readonly string[];
}

/** Explains a reconcile: from the condition Composed, which Trimtab's functions set, from events, and from what is deleted. */
export function explain({ composite, deleted, events }: Rendered): Explanation {
  const { status, reason, message } = composedCondition(composite);
  const isWaiting = status === "False" && reason === "Waiting";
  return {
    waiting: isWaiting ? message.split("; ") : [],
    kept: keptBy(composite),
    deleted: deleted.map(nameIn),
    warnings: events.filter(({ type }) => type === "Warning").map((event) => event.message),
  };
}

/** The names of what an XR keeps though nothing composes it any more. */
export function keptBy(composite: JsonObject): readonly string[] {
  const { reason, message } = composedCondition(composite);
  return reason === "Forgotten" ? message.replace(/^[^:]*: /, "").split(", ") : [];
}

/** One line each, for a person, in which control characters are escaped: functions have written what is in them. */
export function lines({ waiting, kept, deleted, warnings }: Explanation): readonly string[] {
  return [
    ...waiting.map((what) => `waits:   ${what}`),
    ...kept.map((what) => `kept:    ${what}, which nothing composes any more`),
    ...deleted.map((what) => `deletes: ${what}`),
    ...warnings.map((what) => `warning: ${what}`),
  ].map(printable);
}

interface Composed {
  readonly status?: string;
  readonly reason?: string;
  readonly message: string;
}

function composedCondition(composite: JsonObject): Composed {
  const { conditions } = (composite["status"] ?? {}) as { readonly conditions?: unknown };
  const list = Array.isArray(conditions) ? (conditions as readonly JsonObject[]) : [];
  const found = list.find((condition) => condition["type"] === "Composed") ?? {};
  return { message: "", ...found };
}

function nameIn(object: JsonObject): string {
  const { kind, metadata } = object as { readonly kind?: string; readonly metadata?: Metadata };
  const { name = "", namespace, annotations } = metadata ?? {};
  const key = annotations?.[COMPOSITION_RESOURCE_NAME];
  return `${kind} ${namespace ? `${namespace}/` : ""}${name}${key ? ` (${key})` : ""}`;
}

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}
