import {
  type JsonObject,
  Ready,
  type ResourceState,
  type Result,
  type RunFunctionResponse,
  Severity,
  type State,
  Status,
  Target,
} from "../wire/index.js";
import { type Condition } from "./conditions.js";
import { secretData } from "./connection-details.js";
import { COMPOSE_RESOURCES, type Event } from "./event.js";
import { PipelineFatal } from "./pipeline-fatal.js";
import { type Composition, type PipelineStep } from "./read-composition.js";
import { type FunctionCall, runStep, type StepRequest } from "./run-step.js";
import { type Surroundings } from "./surroundings.js";

export interface PipelineOptions {
  /** By the name that the Composition's steps have for them. */
  readonly functions: Readonly<Record<string, FunctionCall>>;
  readonly surroundings: Surroundings;
  /** What the context is at the start. Default: nothing. */
  readonly context?: JsonObject;
}

/** What a pipeline comes to. */
export interface PipelineOutcome {
  readonly desired: State;
  /** What the last function left; undefined where it left none. */
  readonly context: JsonObject | undefined;
  readonly events: readonly Event[];
  readonly conditions: readonly FunctionCondition[];
}

/** A condition that a function said, which is without a generation. */
export interface FunctionCondition extends Condition {
  readonly isForClaim: boolean;
}

/**
 * Runs the steps of a Composition, each with what the one before desires.
 *
 * @throws PipelineFatal where a function says something fatal; Error where one cannot be run, naming the step
 */
export async function runPipeline(
  { pipeline }: Composition,
  observed: State,
  { functions, surroundings, context: seed = {} }: PipelineOptions,
): Promise<PipelineOutcome> {
  let desired: State | undefined = { composite: undefined, resources: {} };
  let context: JsonObject | undefined = seed;
  const events: Event[] = [];
  const conditions: FunctionCondition[] = [];
  for (const step of pipeline) {
    const { input } = step;
    const credentials = credentialsOf(step, surroundings);
    const request: StepRequest = { observed, desired, context, credentials, ...(input && { input }) };
    const response = await run(step, functions, request, surroundings);
    ({ desired, context } = response);
    conditions.push(...conditionsOf(response));
    for (const result of response.results) {
      if (result.severity === Severity.Fatal) throw new PipelineFatal(step.step, result.message, events);
      events.push(eventOf(result, step.step));
    }
  }
  return { desired: desired ?? { composite: undefined, resources: {} }, context, events, conditions };
}

/** Whether a resource, or the composite itself, is said to be of use. */
export function isSaidReady({ ready }: ResourceState): boolean | undefined {
  if (ready === Ready.True) return true;
  return ready === Ready.False ? false : undefined;
}

async function run(
  step: PipelineStep,
  functions: Readonly<Record<string, FunctionCall>>,
  request: StepRequest,
  surroundings: Surroundings,
): Promise<RunFunctionResponse> {
  const call = Object.hasOwn(functions, step.function) ? functions[step.function] : undefined;
  try {
    if (!call)
      throw new Error(`unknown function ${JSON.stringify(step.function)}: it is not among the Functions given`);
    const ahead = { resources: step.requiredResources, schemas: step.requiredSchemas };
    return await runStep(call, request, ahead, surroundings);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot run Composition pipeline step ${JSON.stringify(step.step)}: ${message}`, { cause: error });
  }
}

function credentialsOf({ step, credentials }: PipelineStep, { store }: Surroundings): StepRequest["credentials"] {
  const found = credentials.flatMap(({ name, secret }) => {
    if (!secret) return [];
    const data = secretData(store, secret.namespace, secret.name);
    if (!data) {
      throw new Error(
        `cannot get Composition pipeline step ${JSON.stringify(step)} credential ${JSON.stringify(name)} from Secret: there is no Secret ${secret.namespace}/${secret.name}; give it with --function-credentials`,
      );
    }
    return [[name, { credentialData: { data } }] as const];
  });
  return Object.fromEntries(found);
}

function conditionsOf({ conditions }: RunFunctionResponse): readonly FunctionCondition[] {
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

function eventOf({ severity, message, reason = "" }: Result, step: string): Event {
  const said = { reason: reason || COMPOSE_RESOURCES, message: `Pipeline step ${quote(step)}: ${message}` };
  switch (severity) {
    case Severity.Normal:
      return { type: "Normal", ...said };
    case Severity.Warning:
      return { type: "Warning", ...said };
    case Severity.Unspecified:
      return {
        type: "Warning",
        reason: said.reason,
        message: `Pipeline step ${quote(step)} returned a result of unknown severity (assuming warning): ${message}`,
      };
    default:
      return { type: "", reason: "", message: "" };
  }
}

const quote = (text: string) => JSON.stringify(text);
