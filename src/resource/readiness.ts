import { type Resource } from "./resource.js";

/**
 * Whether a managed resource is of use: Ready is True, and Synced is not False. An update that the provider refuses
 * leaves Ready as it was, so Ready alone would lie. What is being deleted is of use to nobody.
 */
export function isReady({ status, metadata }: Resource): boolean {
  if (metadata?.deletionTimestamp) return false;
  const is = (type: string) => status?.conditions?.find((condition) => condition.type === type)?.status;
  return is("Ready") === "True" && is("Synced") !== "False";
}

/** Of use as soon as it exists. */
export const isThere = (): boolean => true;
