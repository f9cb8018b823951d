import {
  type JsonObject,
  Ready,
  type ResourceState,
  type RunFunctionRequest,
  type RunFunctionResponse,
  Severity,
  type State,
  Status,
  Target,
} from "../../../src/wire/index.js";
import { echo } from "./echo.js";
import { numberOf, readScript } from "./read-script.js";
import { requirements } from "./requirements.js";
import { type Script, type ScriptedComposite, type ScriptedResource } from "./script.js";

/**
 * A function that does what the input of its step says, and knows no state but what it is sent: the same request has the
 * same answer. `name` is what it is served as, for its echo.
 */
export function scripted(name: string): (request: RunFunctionRequest) => RunFunctionResponse {
  return (request) => {
    const script = readScript(request.input);
    if (script.throws !== undefined) throw new Error(script.throws);
    if (script.silent) return SILENT;
    const { results = [], conditions = [], ttl } = script;
    return {
      meta: { tag: request.meta?.tag ?? "", ...(ttl !== undefined && { ttl: { seconds: ttl, nanos: 0 } }) },
      desired: desired(script, request, name),
      context: context(script, request),
      requirements: requirements(script, request),
      results: results.map(({ severity, message = "", reason, target }) => ({
        severity: numberOf(Severity, severity),
        message,
        ...(reason !== undefined && { reason }),
        ...(target !== undefined && { target: numberOf(Target, target) }),
      })),
      conditions: conditions.map(({ type = "", status, reason = "", message, target }) => ({
        type,
        status: numberOf(Status, status),
        reason,
        ...(message !== undefined && { message }),
        ...(target !== undefined && { target: numberOf(Target, target) }),
      })),
    };
  };
}

const SILENT: RunFunctionResponse = {
  meta: undefined,
  desired: undefined,
  results: [],
  requirements: undefined,
  conditions: [],
};

function desired(script: Script, request: RunFunctionRequest, name: string): State {
  const { resources = {}, removes = [], composite: own, upstream = "keep", echo: as } = script;
  const before = upstream === "keep" ? request.desired : undefined;
  const kept = Object.entries(before?.resources ?? {}).filter(([key]) => !removes.includes(key));
  const added = Object.entries(resources).map(([key, resource]) => [key, composed(resource)] as const);
  const echoed = as === undefined ? [] : [[as, composed({ manifest: echo(request, name), ready: "True" })] as const];
  return {
    composite: own === undefined ? before?.composite : composite(own, before?.composite),
    resources: Object.fromEntries([...kept, ...added, ...echoed]),
  };
}

function composed({ manifest, ready, connectionDetails }: ScriptedResource): ResourceState {
  return { resource: manifest, connectionDetails: bytes(connectionDetails), ready: numberOf(Ready, ready) };
}

function composite(own: ScriptedComposite, before: ResourceState | undefined): ResourceState {
  const { manifest = before?.resource, status, ready, connectionDetails } = own;
  return {
    resource: status === undefined ? manifest : { ...manifest, status: { ...objectIn(manifest, "status"), ...status } },
    connectionDetails: { ...before?.connectionDetails, ...bytes(connectionDetails) },
    ready: ready === undefined ? (before?.ready ?? Ready.Unspecified) : numberOf(Ready, ready),
  };
}

function context(script: Script, request: RunFunctionRequest): JsonObject | undefined {
  const { context, counts, upstreamContext = "keep" } = script;
  if (upstreamContext === "none") return undefined;
  const calls = counts === undefined ? {} : { [counts]: Number(request.context?.[counts] ?? 0) + 1 };
  return { ...(upstreamContext === "keep" && request.context), ...context, ...calls };
}

function objectIn(object: JsonObject | undefined, field: string): JsonObject {
  const value = object?.[field];
  return typeof value === "object" && value !== null ? (value as JsonObject) : {};
}

function bytes(texts: Readonly<Record<string, string>> = {}): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text)]));
}
