import { isObject, objectsAt, textAt, valueAt } from "../../render/unstructured.js";
import { type JsonObject, Ready, type ResourceState } from "../../wire/index.js";
import { type ContractCheck } from "./contract.js";
import { type Exchange, isFatal, type Subject } from "./subject.js";

/** What a response may hold. */
export function wellFormed(subject: Subject): readonly ContractCheck[] {
  return [
    {
      name: "copies the tag of the request",
      source: "run_function.proto, RequestMeta.tag",
      check: () =>
        subject.check(
          ({ request, response }) =>
            response.meta?.tag === request.meta?.tag
              ? []
              : [`meta.tag is ${JSON.stringify(response.meta?.tag ?? "")}: copy that of the request`],
          (request) => ({ ...request, meta: { capabilities: [], ...request.meta, tag: "a-tag-of-the-contract" } }),
        ),
    },
    {
      name: "sets metadata and spec of what it composes, and nothing that the cluster alone knows",
      source: "run_function.proto, RunFunctionResponse.desired; Kubernetes API conventions, Metadata",
      check: () => subject.check((exchange) => composedBy(exchange).flatMap(([key, state]) => ofCluster(key, state))),
    },
    {
      name: "names what each resource is",
      source: "run_function.proto, Resource.resource",
      check: () => subject.check((exchange) => composedBy(exchange).flatMap(([key, state]) => nameless(key, state))),
    },
    {
      name: "sets nothing of the XR but its status",
      source: "run_function.proto, RunFunctionResponse.desired",
      check: () => subject.check(beyondStatus),
    },
    {
      name: "leaves the conditions Synced, Ready and Responsive to Crossplane",
      source: "crossplane-runtime, IsSystemConditionType",
      check: () => subject.check(systemConditions),
    },
    {
      name: "says of each resource that it composes whether it is ready",
      source: "run_function.proto, Resource.ready",
      check: () =>
        subject.check((exchange) =>
          composedBy(exchange).flatMap(([key, { ready }]) =>
            ready === Ready.True || ready === Ready.False
              ? []
              : [`desired.resources[${JSON.stringify(key)}].ready is not said: set it to READY_TRUE or READY_FALSE`],
          ),
        ),
    },
    {
      name: "answers with less than 4 MiB",
      source: "gRPC, MaxCallRecvMsgSize, which Crossplane leaves as it is",
      check: () =>
        subject.check(({ size }) =>
          size < 4 * 1024 * 1024 ? [] : [`the answer has ${size} bytes: compose less in one XR`],
        ),
    },
  ];
}

/** What the function itself composes; nothing where it refuses to. */
function composedBy({ request, response }: Exchange): readonly (readonly [string, ResourceState])[] {
  if (isFatal(response)) return [];
  const before = request.desired?.resources ?? {};
  return Object.entries(response.desired?.resources ?? {}).filter(([key]) => !Object.hasOwn(before, key));
}

const CLUSTERS_OWN = [
  "managedFields",
  "resourceVersion",
  "uid",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "selfLink",
].map((field) => ["metadata", field]);

function ofCluster(key: string, { resource = {}, connectionDetails }: ResourceState): readonly string[] {
  const found = [["status"], ...CLUSTERS_OWN].filter((path) => valueAt(resource, path) !== undefined);
  const where = `desired.resources[${JSON.stringify(key)}]`;
  return [
    ...found.map((path) => `${where}.resource.${path.join(".")} is set: leave it out`),
    ...(Object.keys(connectionDetails).length > 0
      ? [`${where}.connectionDetails are set, which Crossplane drops: compose a Secret`]
      : []),
  ];
}

function nameless(key: string, { resource = {} }: ResourceState): readonly string[] {
  return ["apiVersion", "kind"]
    .filter((field) => textAt(resource, [field]) === "")
    .map((field) => `desired.resources[${JSON.stringify(key)}].resource.${field} is missing: say it`);
}

function beyondStatus({ request, response }: Exchange): readonly string[] {
  const before = request.desired?.composite?.resource;
  const after: JsonObject = response.desired?.composite?.resource ?? {};
  return Object.keys(after)
    .filter((field) => !["apiVersion", "kind", "metadata", "status"].includes(field) && before?.[field] === undefined)
    .map((field) => `desired.composite.resource.${field} is set: leave it out`);
}

const SYSTEM = ["Synced", "Ready", "Responsive"];

function systemConditions({ request, response }: Exchange): readonly string[] {
  const status = (state: ResourceState | undefined) => {
    const { resource } = state ?? {};
    return isObject(resource)
      ? objectsAt(resource, ["status", "conditions"]).map((each) => textAt(each, ["type"]))
      : [];
  };
  const before = status(request.desired?.composite);
  return [
    ...response.conditions.map(({ type }) => type),
    ...status(response.desired?.composite).filter((type) => !before.includes(type)),
  ]
    .filter((type) => SYSTEM.includes(type))
    .map((type) => `it says a condition ${type}, which Crossplane does not take: choose another type`);
}
