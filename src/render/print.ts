import { type JsonObject } from "../wire/index.js";
import { type Json, writeYAML } from "../yaml/index.js";
import { withRenderTime } from "./conditions.js";
import { merge } from "./merge.js";
import { type Rendered } from "./render.js";

export interface PrintOptions {
  /** The XR as it was given, to print all of it with what Crossplane writes over it. Default: what Crossplane writes. */
  readonly xr?: Json;
  /** Whether to print events. Default: no. */
  readonly results?: boolean;
  /** Whether to print the context that the pipeline left. Default: no. */
  readonly context?: boolean;
}

/**
 * What `crossplane composition render` prints: the XR, what is composed, and if wished results and context; one YAML
 * document each.
 *
 * @throws Error where YAML cannot hold something
 */
export function print(rendered: Rendered, options: PrintOptions = {}): string {
  return documents(rendered, options)
    .map((document) => `---\n${writeYAML(document)}`)
    .join("");
}

/** The documents that {@link print} prints. */
export function documents(
  rendered: Rendered,
  { xr, results = false, context = false }: PrintOptions = {},
): readonly Json[] {
  const { composite, composed, events } = rendered;
  const whole = xr === undefined ? composite : (merge(xr, composite) as JsonObject);
  return [
    withRenderTime(whole),
    ...composed.map(withRenderTime),
    ...(results ? events.map(result) : []),
    ...(context && rendered.context
      ? [{ apiVersion: "render.crossplane.io/v1beta1", kind: "Context", fields: rendered.context }]
      : []),
  ];
}

function result({ type, reason, message }: Rendered["events"][number]): Json {
  return { apiVersion: "render.crossplane.io/v1beta1", kind: "Result", severity: type, reason, message };
}
