import { isDeepStrictEqual } from "node:util";
import { valueAt } from "../../render/unstructured.js";
import { type JsonObject, Ready, type ResourceState, type RunFunctionRequest } from "../../wire/index.js";
import { firstDifference } from "../determinism/first-difference.js";
import { type ContractCheck } from "./contract.js";
import { oddities } from "./oddities.js";
import { type Exchange, isFatal, type Subject } from "./subject.js";

const PROTO = "run_function.proto, RunFunctionResponse.desired";

/** What earlier steps of the pipeline have done stays. */
export function passesOn(subject: Subject): readonly ContractCheck[] {
  return [
    {
      name: "passes on what earlier steps compose",
      source: PROTO,
      check: () =>
        subject.check((exchange) => (isFatal(exchange.response) ? [] : lostResources(exchange)), withEarlier),
    },
    {
      name: "passes on what earlier steps say of the XR",
      source: PROTO,
      check: () => subject.check((exchange) => (isFatal(exchange.response) ? [] : lostOfXR(exchange)), withEarlier),
    },
    {
      name: "passes on the context",
      source: "run_function.proto, RunFunctionResponse.context",
      check: () => subject.check((exchange) => (isFatal(exchange.response) ? [] : lostContext(exchange)), withEarlier),
    },
    {
      name: "keeps what earlier steps desire when it refuses",
      source: `${PROTO}; a fatal result is no reason to desire less`,
      check: async () => {
        const refused = (exchange: Exchange) =>
          isFatal(exchange.response) ? [...lostResources(exchange), ...lostOfXR(exchange)] : [];
        await subject.check(refused, withEarlier);
        for (const { change } of oddities) await subject.check(refused, (request) => withEarlier(change(request)));
      },
    },
  ];
}

/** Lists whose items repeat: what merges them loses some, or doubles them. */
const EARLIER: ResourceState = {
  resource: {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "earlier", labels: { "example.org/step": "earlier" } },
    data: { text: "earlier" },
    ports: [80, 443, 80],
    empty: { list: [], map: {}, nothing: null },
  },
  connectionDetails: {},
  ready: Ready.True,
};
const NAME = "earlier-step-of-the-contract";
const STATUS: JsonObject = { said: "earlier", list: [1, 1], no: false, zero: 0 };
const DETAIL = new TextEncoder().encode("fake-detail-of-an-earlier-step");

function withEarlier(request: RunFunctionRequest): RunFunctionRequest {
  const { desired, context } = request;
  const { resource, connectionDetails, ready = Ready.Unspecified } = desired?.composite ?? {};
  const status = { ...(resource?.["status"] as JsonObject | undefined), [NAME]: STATUS };
  return {
    ...request,
    desired: {
      composite: {
        resource: { ...resource, status },
        connectionDetails: { ...connectionDetails, [NAME]: DETAIL },
        ready,
      },
      resources: { ...desired?.resources, [NAME]: EARLIER, [`${NAME}-waiting`]: { ...EARLIER, ready: Ready.False } },
    },
    context: { ...context, [NAME]: STATUS },
  };
}

function lostResources({ request, response }: Exchange): readonly string[] {
  return Object.entries(request.desired?.resources ?? {})
    .filter(([name]) => name.startsWith(NAME))
    .flatMap(([name, before]) => {
      const path = `desired.resources[${JSON.stringify(name)}]`;
      return lost(before, response.desired?.resources[name], path);
    });
}

function lostOfXR({ request, response }: Exchange): readonly string[] {
  const [before, after] = [request.desired?.composite, response.desired?.composite];
  const status = (state: ResourceState | undefined) => valueAt(state?.resource ?? {}, ["status", NAME]);
  return [
    ...lost(status(before), status(after), `desired.composite.resource.status[${JSON.stringify(NAME)}]`),
    ...(isDeepStrictEqual(bytesOf(before), bytesOf(after))
      ? []
      : [
          `desired.composite.connectionDetails[${JSON.stringify(NAME)}] is not as it was given: start from request.desired`,
        ]),
  ];
}

const bytesOf = (state: ResourceState | undefined) => Array.from(state?.connectionDetails[NAME] ?? []);

function lostContext({ response }: Exchange): readonly string[] {
  return lost(STATUS, response.context?.[NAME], `context[${JSON.stringify(NAME)}]`);
}

function lost(before: unknown, after: unknown, path: string): readonly string[] {
  if (after === undefined) return [`${path} is gone: start from request.desired and request.context`];
  const found = firstDifference(before, after, path);
  return found ? [`${found.path} is not as it was given: start from a copy, and merge no lists`] : [];
}
