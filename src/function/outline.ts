import { type AnyKind } from "../resource/kind.js";
import { isReady, isThere } from "../resource/readiness.js";
import { type Resource } from "../resource/resource.js";
import { type ObservedState } from "./request.js";

/** The annotation that says which function composed an object. */
export const COMPOSED_BY = "trimtab.dev/composed-by";

/** Of an observed object what says who it is and whether it is ready, and perhaps more: most of it nobody reads. */
export function outlineOf(state: ObservedState): Resource {
  return state.peek?.(OUTLINE) ?? state.resource;
}

const OUTLINE = {
  apiVersion: true,
  kind: true,
  metadata: { name: true, deletionTimestamp: true, annotations: { [COMPOSED_BY]: true } },
  status: { conditions: { type: true, status: true } },
} as const;

/** The status of an observed object. */
export function statusOf(state: ObservedState): Resource["status"] {
  return (state.peek?.(STATUS) ?? state.resource).status;
}

const STATUS = { status: true } as const;

/** Whether an observed object is of use, as its kind says. */
export function isOfUse(kind: AnyKind, state: ObservedState): boolean {
  return kind.ready(NEED_NO_MORE.has(kind.ready) ? outlineOf(state) : state.resource);
}

/** What decides by the outline. An author's own may look anywhere. */
const NEED_NO_MORE: ReadonlySet<unknown> = new Set([isReady, isThere]);
