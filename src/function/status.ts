import { type OpenAPI } from "../schema/index.js";

/**
 * The status of an XR: what compose knows now, over what was last reported. Crossplane applies it as a whole, so what is
 * left out vanishes. `undefined` keeps what was last reported, and so does the empty string, which providers publish before they
 * know better; `null` withdraws it.
 */
export function settleStatus(schema: OpenAPI | undefined, now: unknown, before: unknown): unknown {
  if (now === undefined || now === "") return before;
  if (now === null) return undefined;
  if (Array.isArray(now))
    return now.map((item) => settleStatus(schema?.items, item, sameItem(schema, item, before)) ?? item ?? {});
  if (typeof now !== "object") return now;
  const old = (before ?? {}) as Readonly<Record<string, unknown>>;
  const entries = Object.entries(now).map(
    ([key, value]) =>
      [key, settleStatus(fieldOf(schema, key), value, Object.hasOwn(old, key) ? old[key] : undefined)] as const,
  );
  const known = entries.filter(([, value]) => value !== undefined);
  return known.length > 0 || entries.length === 0 ? Object.fromEntries(known) : undefined;
}

/** What was last reported of the fields that a schema declares. Conditions are Crossplane's own. */
export function reportedStatus(schema: OpenAPI, before: unknown): object {
  const names = Object.keys(schema.properties ?? {}).filter((name) => name !== "conditions");
  const old = (before ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.filter((name) => old[name] !== undefined).map((name) => [name, old[name]]));
}

function fieldOf(schema: OpenAPI | undefined, key: string): OpenAPI | undefined {
  return schema?.properties?.[key] ?? schema?.additionalProperties;
}

function sameItem(schema: OpenAPI | undefined, item: unknown, before: unknown): unknown {
  const keys = schema?.["x-kubernetes-list-map-keys"];
  if (!keys || !Array.isArray(before)) return undefined;
  return before.find((old) => keys.every((key) => old?.[key] === (item as Readonly<Record<string, unknown>>)?.[key]));
}
