import { hash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { mapValues } from "../runner/map-values.js";
import {
  Capability,
  decodeResponse,
  encodeRequest,
  type Requirements,
  type Resources,
  type RunFunctionRequest,
  type RunFunctionResponse,
  type Schema,
  Severity,
} from "../wire/index.js";
import { fetchResources, type RequiredResource, required } from "./fetch-resources.js";
import { fetchSchema, type RequiredSchema } from "./fetch-schema.js";
import { type Surroundings } from "./surroundings.js";

/** Runs a function: an encoded request to an encoded response (run_function.proto). */
export type FunctionCall = (request: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** What is required of the cluster, by the name of the requirement. */
export interface Required {
  readonly resources: Readonly<Record<string, RequiredResource>>;
  readonly schemas: Readonly<Record<string, RequiredSchema>>;
}

/** A request without what Crossplane itself adds to it. */
export type StepRequest = Pick<RunFunctionRequest, "observed" | "desired" | "context" | "input" | "credentials">;

/** Crossplane calls a function once, and at most this often again, until its requirements are stable. */
export const MOST_CALLS = 1 + 5;

/**
 * Runs one step as Crossplane does: again and again until the function has seen what it requires, or says something
 * fatal.
 *
 * @param ahead what the Composition's step requires, which the function has from the first call on
 * @throws Error where requirements do not settle, and what `call` throws
 */
export async function runStep(
  call: FunctionCall,
  request: StepRequest,
  ahead: Required,
  surroundings: Surroundings,
): Promise<RunFunctionResponse> {
  const given = fetch(ahead, surroundings);
  let sent: Found = { ...given, extra: {} };
  let { context } = request;
  let before: Requirements | undefined;
  for (let count = 1; count <= MOST_CALLS; count++) {
    const response = decodeResponse(await call(encode({ ...request, context }, sent)));
    if (response.results.some(({ severity }) => severity === Severity.Fatal)) return response;
    const { requirements } = response;
    if (isEqual(requirements, before)) return response;
    const found = resolve(requirements, given, surroundings);
    // What the function was given already is all that it asks for: a second call would be the same.
    if (count === 1 && isEqual(found, sent)) return response;
    before = requirements;
    sent = found;
    context = response.context;
  }
  throw new Error(`its requirements did not stabilize: they changed with each of ${MOST_CALLS} calls`);
}

/** What was found, by the name of the requirement; undefined for what is required by name and not there. */
interface Found {
  readonly resources: Readonly<Record<string, Resources | undefined>>;
  /** For requirements in the older field. */
  readonly extra: Readonly<Record<string, Resources | undefined>>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

function resolve(requirements: Requirements | undefined, given: Omit<Found, "extra">, around: Surroundings): Found {
  const { resources = {}, extraResources = {}, schemas = {} } = requirements ?? {};
  const found = fetch({ resources: mapValues(resources, required), schemas }, around);
  return {
    resources: { ...given.resources, ...found.resources },
    extra: mapValues(extraResources, (selector) => fetchResources(around.store, required(selector))),
    schemas: { ...given.schemas, ...found.schemas },
  };
}

function fetch({ resources, schemas }: Required, { store, openapi }: Surroundings): Omit<Found, "extra"> {
  return {
    resources: mapValues(resources, (each) => fetchResources(store, each)),
    schemas: mapValues(schemas, (each) => fetchSchema(openapi, each)),
  };
}

function encode(request: StepRequest, { resources, extra, schemas }: Found): Uint8Array {
  const orNone = (found: Resources | undefined) => found ?? { items: [] };
  const asked = {
    ...request,
    requiredResources: mapValues(resources, orNone),
    extraResources: mapValues(extra, orNone),
    requiredSchemas: schemas,
  };
  const bytes = encodeRequest(asked, { rounded: true });
  // Crossplane's tag is a hash of the request, so that equal requests can be told.
  const tag = hash("sha256", bytes);
  // The fields of a message may stand in any order, and so one after the other.
  return Buffer.concat([encodeRequest({ meta: { tag, capabilities: CAPABILITIES } }), bytes]);
}

/** Those of Crossplane 2.4. */
const CAPABILITIES = [
  Capability.Capabilities,
  Capability.RequiredResources,
  Capability.Credentials,
  Capability.Conditions,
  Capability.RequiredSchemas,
];

function isEqual(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && isDeepStrictEqual(a, b));
}
