import { mapValues } from "../../runner/map-values.js";
import { type JsonObject, type ResourceState, type Resources, type RunFunctionRequest } from "../../wire/index.js";
import { type ContractCheck } from "./contract.js";
import { type Exchange, type Subject } from "./subject.js";

/** What Crossplane shows to people, in events, in the XR's status and in logs, has no secret in it. */
export function saysNoSecrets(subject: Subject): ContractCheck {
  return {
    name: "says no secret value in results, conditions, status and context",
    source: "Crossplane, FunctionComposer: results become events, conditions and status are part of the XR",
    check: () => subject.check(leaks, withPlantedSecrets),
  };
}

const PLANTED = "planted-secret-of-the-contract";
const PLANTED_BYTES = new TextEncoder().encode(PLANTED);
const PLANTED_BASE64 = Buffer.from(PLANTED).toString("base64");
const FORMS = [PLANTED, PLANTED_BASE64.replace(/=+$/, "")];

/** Every connection detail, and every value of a Secret, is one that can be found again. */
function withPlantedSecrets(request: RunFunctionRequest): RunFunctionRequest {
  const { observed, requiredResources, extraResources } = request;
  const planted = ({ items }: Resources): Resources => ({ items: items.map(plantedState) });
  return {
    ...request,
    observed: observed && { ...observed, resources: mapValues(observed.resources, plantedState) },
    requiredResources: mapValues(requiredResources, planted),
    extraResources: mapValues(extraResources, planted),
  };
}

function plantedState({ resource, connectionDetails, ready }: ResourceState): ResourceState {
  return {
    resource: resource && plantedSecret(resource),
    connectionDetails: { ...mapValues(connectionDetails, () => PLANTED_BYTES), password: PLANTED_BYTES },
    ready,
  };
}

function plantedSecret(resource: JsonObject): JsonObject {
  const { apiVersion, kind, data } = resource;
  if (apiVersion !== "v1" || kind !== "Secret" || typeof data !== "object" || data === null) return resource;
  return { ...resource, data: mapValues(data as JsonObject, () => PLANTED_BASE64) };
}

function leaks({ response }: Exchange): readonly string[] {
  const { results, conditions, context = {}, desired } = response;
  const said: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(results.map((result, index) => [`results[${index}]`, result])),
    ...Object.fromEntries(conditions.map((condition) => [`conditions (${condition.type})`, condition])),
    ...{ context, "desired.composite.resource": desired?.composite?.resource ?? {} },
  };
  return Object.entries(said)
    .filter(([, value]) => FORMS.some((form) => JSON.stringify(value).includes(form)))
    .map(([where]) => `${where} holds a value of connection details or of a Secret: say its key instead`);
}
