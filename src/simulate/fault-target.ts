import { type FaultTarget } from "./fault.js";

/** What of an object decides whether a fault strikes it. */
export interface Target {
  readonly kind: string;
  readonly name: string;
  /** The composition resource name; undefined for what is not composed. */
  readonly resource?: string | undefined;
}

/** Whether a fault is meant for something: it fits all that is said. */
export function isMeant({ kind, resource, name }: FaultTarget, target: Target): boolean {
  if (kind !== undefined && target.kind !== kind) return false;
  if (name !== undefined && !matches(name, target.name)) return false;
  return resource === undefined || matches(resource, target.resource ?? "");
}

/** `*` stands for any part. In time that does not explode, whatever the pattern is. */
function matches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  const at = rest.reduce((from, part) => {
    const found = from < 0 ? -1 : text.indexOf(part, from);
    return found < 0 ? -1 : found + part.length;
  }, first.length);
  return at >= 0 && text.length - last.length >= at && text.endsWith(last);
}
