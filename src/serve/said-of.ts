import { type RunFunctionRequest } from "../wire/index.js";

/** What a line of the log says of the request that it is about: its tag, and its XR as kind, namespace and name. */
export function saidOf({ meta, observed }: RunFunctionRequest): { readonly tag?: string; readonly xr?: string } {
  const { kind, metadata } = (observed?.composite?.resource ?? {}) as Said;
  const xr = [kind, metadata?.namespace, metadata?.name].filter((part) => typeof part === "string" && part !== "");
  return { ...(meta && { tag: meta.tag }), ...(xr.length > 0 && { xr: xr.join("/") }) };
}

/** As a request may have it, which nobody has checked. */
interface Said {
  readonly kind?: unknown;
  readonly metadata?: { readonly namespace?: unknown; readonly name?: unknown } | null;
}
