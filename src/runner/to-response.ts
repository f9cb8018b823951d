import {
  type Decision,
  type Fn,
  isFatal,
  type Requirement,
  type Result,
  type StatusCondition,
} from "../function/index.js";
import {
  asReceived,
  type Condition,
  type JsonObject,
  Ready,
  type ResourceSelector,
  type ResourceState,
  type RunFunctionRequest,
  type RunFunctionResponse,
  Severity,
  type State,
  Status,
  Target,
  type Result as WireResult,
} from "../wire/index.js";

/** What Crossplane is answered. */
export function toResponse(fn: Pick<Fn, "ttl">, request: RunFunctionRequest, outcome: Decision): RunFunctionResponse {
  return {
    meta: { tag: request.meta?.tag ?? "", ttl: { seconds: ttlOf(fn, outcome), nanos: 0 } },
    desired: isFatal(outcome) ? request.desired : desired(request.desired, outcome),
    requirements: {
      resources: Object.fromEntries([...outcome.requirements].map(([name, each]) => [name, selector(each)])),
      extraResources: {},
      schemas: {},
    },
    results: outcome.results.map(toResult),
    conditions: outcome.conditions.map(toCondition),
    context: context(request, outcome),
  };
}

/** What earlier steps left stays. */
function context(request: RunFunctionRequest, { added }: Decision): JsonObject {
  if (added === undefined) return asReceived(request, "context") ?? {};
  return { ...request.context, ...(added as JsonObject) };
}

/**
 * Crossplane does not tell an XR of every change that it waits for: after some fifty within a minute, which an XR of ten
 * resources has while they are made, most are passed over for five minutes (the condition Responsive).
 */
const UNSETTLED_TTL = 10;

/** Seconds until Crossplane asks again: sooner while something is still to come. */
function ttlOf({ ttl }: Pick<Fn, "ttl">, { waiting, ready, removed }: Decision): number {
  const isSettled = waiting.size === 0 && removed.size === 0 && [...ready.values()].every((isReady) => isReady);
  return isSettled ? ttl : Math.min(ttl, UNSETTLED_TTL);
}

/** What earlier steps desired stays; what this function composes replaces, and never merges into, what it finds under its keys. */
function desired(before: State | undefined, outcome: Decision): State {
  const composed = [...outcome.resources].map(([key, resource]): [string, ResourceState] => {
    const ready = outcome.ready.get(key) ? Ready.True : Ready.False;
    return [key, { resource: resource as unknown as JsonObject, connectionDetails: {}, ready }];
  });
  return {
    composite: composite(before?.composite, outcome),
    resources: { ...before?.resources, ...Object.fromEntries(composed) },
  };
}

function composite(before: ResourceState | undefined, outcome: Decision): ResourceState {
  const details = Object.entries(outcome.connectionDetails).map(
    ([key, value]) => [key, Buffer.from(value, "utf8")] as const,
  );
  const status = { ...(before?.resource?.["status"] as JsonObject | undefined), ...(outcome.status as JsonObject) };
  return {
    resource: { ...before?.resource, ...(Object.keys(status).length > 0 && { status }) },
    connectionDetails: { ...before?.connectionDetails, ...Object.fromEntries(details) },
    ready: outcome.complete ? (before?.ready ?? Ready.Unspecified) : Ready.False,
  };
}

function selector({ apiVersion, kind, name, labels = {}, namespace }: Requirement): ResourceSelector {
  return {
    apiVersion,
    kind,
    ...(name !== undefined ? { matchName: name } : { matchLabels: { labels } }),
    ...(namespace !== undefined && { namespace }),
  };
}

function toResult({ severity, message, reason, claim }: Result): WireResult {
  return { severity: Severity[severity], message, ...(reason !== undefined && { reason }), ...target(claim) };
}

function toCondition({ type, status, reason, message, claim }: StatusCondition): Condition {
  return { type, status: Status[status], reason, ...(message !== undefined && { message }), ...target(claim) };
}

const target = (claim: boolean | undefined) => ({ target: claim ? Target.CompositeAndClaim : Target.Composite });
