import { type JsonObject } from "../wire/index.js";
import { type Composed, StatusNotApplied } from "./compose.js";
import { type Condition, conditionsOf, isSystemCondition, mark } from "./conditions.js";
import { warning } from "./event.js";
import { withFunctionConditions } from "./function-condition.js";
import { PipelineFatal } from "./pipeline-fatal.js";
import { COMPOSE, type Reconcile, reconcileXR } from "./reconcile-xr.js";
import { refusalOf } from "./refusal.js";
import { Unreconciled } from "./unreconciled.js";

/** What a reconcile came to in a cluster. */
export type Reconciled =
  | {
      readonly isDone: true /** Undefined where the XR is paused or deleted. */;
      readonly composed: Composed | undefined;
    }
  /** It is to be tried again soon. */
  | { readonly isDone: false };

/**
 * Reconciles an XR, and tells in its conditions and in events what fails, as Crossplane does (crossplane, Reconcile and
 * handleCommonCompositionResult of composite/reconciler.go). Only bugs reject.
 */
export async function reconcileOrTell(around: Reconcile, stored: JsonObject): Promise<Reconciled> {
  try {
    return { isDone: true, composed: await reconcileXR(around, stored) };
  } catch (error) {
    if (!(error instanceof Unreconciled)) throw error;
    if (!error.isConflict) tell(error, around);
    return { isDone: false };
  }
}

function tell(error: Unreconciled, around: Reconcile): void {
  const { phase, object: xr, cause } = error;
  if (phase.reason === undefined) return;
  around.say({ event: warning(phase.reason, error.message) });
  const { said, conditions } = cause instanceof PipelineFatal ? cause : { said: [], conditions: [] };
  for (const each of said) around.say(each);
  // By then Crossplane has put what functions desire in the place of the XR, which cannot be stored without its version.
  if (cause instanceof StatusNotApplied) return;
  // What the API server finds invalid it may describe differently each time; the event has it.
  const isInvalid = refusalOf(cause) === "Invalid" && phase === COMPOSE;
  const message = isInvalid ? `${phase.failed}: some resources were invalid, check events` : error.message;
  const time = around.time();
  const failed = mark(xr, [{ type: "Synced", status: "False", reason: "ReconcileError", message }], time);
  const told = withFunctionConditions(failed, conditions, { fields: around.fields, time });
  try {
    around.cluster.updateStatus(mark(told, phase === COMPOSE ? undetermined(told, conditions) : [], time));
  } catch (refusal) {
    // Crossplane tries once more anyway.
    if (refusalOf(refusal) === undefined) throw refusal;
  }
}

/** Conditions that functions have set before, and now had no occasion to. Their times stay. */
function undetermined(xr: JsonObject, seen: readonly Condition[]): readonly Condition[] {
  return conditionsOf(xr)
    .filter(({ type }) => !isSystemCondition(type) && !seen.some((each) => each.type === type))
    .map((condition) => ({
      ...condition,
      status: "Unknown",
      reason: "FatalError",
      message: "A fatal error occurred before the status of this condition could be determined.",
    }));
}
