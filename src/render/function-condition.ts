import { type JsonObject, type RunFunctionResponse, Status, Target } from "../wire/index.js";
import { type CompositeFields } from "./composite-fields.js";
import { type Condition, isSystemCondition, withConditions } from "./conditions.js";
import { valueAt, withValue } from "./unstructured.js";

/** A condition that a function said, which is without a generation. */
export interface FunctionCondition extends Condition {
  readonly isForClaim: boolean;
}

export function functionConditions({ conditions }: RunFunctionResponse): readonly FunctionCondition[] {
  return conditions.map(({ type, status, reason, message = "", target }) => ({
    type,
    status: STATUS.get(status) ?? "",
    reason,
    message,
    isForClaim: target === Target.CompositeAndClaim,
  }));
}

const STATUS: ReadonlyMap<number, string> = new Map([
  [Status.True, "True"],
  [Status.False, "False"],
  [Status.Unknown, "Unknown"],
  [Status.Unspecified, "Unknown"],
]);

/**
 * The XR with the conditions that functions said, but for those that are Crossplane's own (crossplane,
 * handleCommonCompositionResult of composite/reconciler.go).
 */
export function withFunctionConditions(
  xr: JsonObject,
  conditions: readonly FunctionCondition[],
  { fields: { isLegacy }, time }: { readonly fields: CompositeFields; readonly time: string },
): JsonObject {
  return conditions
    .filter(({ type }) => !isSystemCondition(type))
    .reduce((object, { isForClaim, ...condition }) => {
      const set = withConditions(object, [{ ...condition, lastTransitionTime: time }]);
      return isForClaim && isLegacy ? withClaimCondition(set, condition.type) : set;
    }, xr);
}

function withClaimCondition(xr: JsonObject, type: string): JsonObject {
  const path = ["status", "claimConditionTypes"];
  const types = valueAt(xr, path);
  const before = Array.isArray(types) && types.every((each) => typeof each === "string") ? types : [];
  return before.includes(type) ? withValue(xr, path, before) : withValue(xr, path, [...before, type]);
}
