import { annotationsOf } from "../../render/unstructured.js";
import { type JsonObject } from "../../wire/index.js";

/**
 * How often an object asks to be reconciled, in milliseconds; 0 where it does not ask (crossplane-runtime, GetPollInterval of
 * meta/meta.go).
 */
export function pollIntervalOf(object: JsonObject): number {
  const text = annotationsOf(object)["crossplane.io/poll-interval"] ?? "";
  if (!DURATION.test(text)) return 0;
  const parts = [...text.matchAll(PART)].map(([, number, unit = ""]) => Number(number) * (MS.get(unit) ?? 0));
  const ms = parts.reduce((sum, part) => sum + part, 0);
  return ms > 0 ? Math.max(ms, SHORTEST_MS) : 0;
}

/** Crossplane's own default. */
const SHORTEST_MS = 1000;

const DURATION = /^\+?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/;
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g;
const MS = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);
