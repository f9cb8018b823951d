import {
  type JsonObject,
  Ready,
  type ResourceState,
  type Result,
  type RunFunctionResponse,
  Severity,
  type State,
  Target,
} from "../wire/index.js";
import { secretData } from "./connection-details.js";
import { COMPOSE_RESOURCES, type Event, normal, type Said, warning } from "./event.js";
import { type RequiredResource, required } from "./fetch-resources.js";
import { type FunctionCondition, functionConditions } from "./function-condition.js";
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
  /**
   * What a step required the last time, by the name of the requirement: its function has it from the first call on
   * (dependency.Tracker's Requirements). Default: nothing.
   */
  remembered?(step: string): Readonly<Record<string, RequiredResource>>;
}

/** Something that a step requires of the cluster. */
export interface Requirement {
  readonly step: string;
  readonly name: string;
  readonly resource: RequiredResource;
}

/** What a pipeline comes to. */
export interface PipelineOutcome {
  readonly desired: State;
  /** What the last function left; undefined where it left none. */
  readonly context: JsonObject | undefined;
  readonly said: readonly Said[];
  readonly conditions: readonly FunctionCondition[];
  /** For how many milliseconds it holds: the least that a function says, 0 where none does. */
  readonly ttl: number;
  /** What the Composition and the functions require. */
  readonly requirements: readonly Requirement[];
}

/**
 * Runs the steps of a Composition, each with what the one before desires (crossplane, FunctionComposer.Compose of
 * composite/composition_functions.go).
 *
 * @throws PipelineFatal where a function says something fatal; Error where one cannot be run, naming the step
 */
export async function runPipeline(
  { pipeline }: Composition,
  observed: State,
  options: PipelineOptions,
): Promise<PipelineOutcome> {
  let desired: State | undefined = { composite: undefined, resources: {} };
  let context: JsonObject | undefined = options.context ?? {};
  let ttl = 0;
  const said: Said[] = [];
  const conditions: FunctionCondition[] = [];
  const requirements: Requirement[] = [];
  for (const step of pipeline) {
    const { input } = step;
    const credentials = credentialsOf(step, options.surroundings);
    const request: StepRequest = { observed, desired, context, credentials, ...(input && { input }) };
    const response = await run(step, request, options);
    ({ desired, context } = response);
    ttl = shorter(ttl, response);
    requirements.push(...requirementsOf(step, response));
    conditions.push(...functionConditions(response));
    for (const result of response.results) {
      if (result.severity === Severity.Fatal) throw new PipelineFatal(step.step, result.message, { said, conditions });
      said.push(saidOf(result, step.step));
    }
  }
  return { desired: desired ?? { composite: undefined, resources: {} }, context, said, conditions, ttl, requirements };
}

/** Whether a resource, or the composite itself, is said to be of use. */
export function isSaidReady({ ready }: ResourceState): boolean | undefined {
  if (ready === Ready.True) return true;
  return ready === Ready.False ? false : undefined;
}

async function run(
  step: PipelineStep,
  request: StepRequest,
  { functions, surroundings, remembered }: PipelineOptions,
): Promise<RunFunctionResponse> {
  const call = Object.hasOwn(functions, step.function) ? functions[step.function] : undefined;
  try {
    if (!call)
      throw new Error(`unknown function ${JSON.stringify(step.function)}: it is not among the Functions given`);
    // What the Composition requires under a name goes before what the function did.
    const resources = { ...remembered?.(step.step), ...step.requiredResources };
    const ahead = { resources, schemas: step.requiredSchemas };
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

function shorter(ttl: number, { meta }: RunFunctionResponse): number {
  const { seconds = 0, nanos = 0 } = meta?.ttl ?? {};
  const ms = seconds * 1000 + nanos / 1e6;
  return ms > 0 && (ttl === 0 || ms < ttl) ? ms : ttl;
}

function requirementsOf(
  { step, requiredResources }: PipelineStep,
  { requirements }: RunFunctionResponse,
): readonly Requirement[] {
  const { resources = {}, extraResources = {} } = requirements ?? {};
  const asked = [...Object.entries(resources), ...Object.entries(extraResources)];
  return [
    ...Object.entries(requiredResources).map(([name, resource]) => ({ step, name, resource })),
    ...asked.map(([name, selector]) => ({ step, name, resource: required(selector) })),
  ];
}

/** A claim is told without the step. */
function saidOf(result: Result, step: string): Said {
  const event = eventOf(result, step);
  if (result.target !== Target.CompositeAndClaim || result.severity === Severity.Unspecified) return { event };
  return { event, forClaim: { ...event, message: result.message } };
}

function eventOf({ severity, message, reason = "" }: Result, step: string): Event {
  const why = reason || COMPOSE_RESOURCES;
  switch (severity) {
    case Severity.Normal:
      return normal(why, `Pipeline step ${quote(step)}: ${message}`);
    case Severity.Warning:
      return warning(why, `Pipeline step ${quote(step)}: ${message}`);
    case Severity.Unspecified:
      return warning(
        why,
        `Pipeline step ${quote(step)} returned a result of unknown severity (assuming warning): ${message}`,
      );
    default:
      return { type: "", reason: "", message: "" };
  }
}

const quote = (text: string) => JSON.stringify(text);
