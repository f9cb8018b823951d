import { withValue } from "../../render/unstructured.js";
import { mapValues } from "../../runner/map-values.js";
import { type ResourceState, type RunFunctionRequest } from "../../wire/index.js";
import { firstDifference } from "../determinism/first-difference.js";
import { rewriteRequest } from "../determinism/rewrite-request.js";
import { type ContractCheck } from "./contract.js";
import { isFatal, type Subject } from "./subject.js";

/** What a request may hold. */
export function inputs(subject: Subject): readonly ContractCheck[] {
  return [
    {
      name: "echoes nothing that the cluster notes in what it observes",
      source:
        "Kubernetes, Server-Side Apply: an intent with managedFields is refused, one with a resourceVersion conflicts",
      check: () =>
        subject.check(
          ({ response }) =>
            JSON.stringify(response.desired ?? {}).includes(MARK)
              ? [
                  "desired holds metadata of what is observed (resourceVersion, managedFields or an annotation of kubectl): make the object anew",
                ]
              : [],
          withMarks,
        ),
    },
    {
      name: "tolerates fields that it does not know",
      source: "Protocol Buffers, Unknown Fields: a newer Crossplane sends more",
      check: async () => {
        for (const request of await subject.requests()) {
          const before = await subject.ask(request);
          const after = await subject.ask(request, (bytes) => rewriteRequest(bytes, { unknown: UNKNOWN }));
          const found = firstDifference(before.response, after.response);
          if (found) throw new Error(`with unknown fields in the request ${found.path} differs: skip them`);
        }
      },
    },
    {
      name: "works before anything is observed",
      source: "Crossplane, FunctionComposer: the first reconcile observes the XR alone",
      check: async () => {
        for (const request of await subject.requests()) {
          const usual = await subject.ask(request);
          const first = await subject.ask(withoutObserved(request));
          if (isFatal(first.response) && !isFatal(usual.response)) {
            throw new Error(
              `with nothing observed it refuses what it else composes: ${reasons(first.response.results)}`,
            );
          }
        }
      },
    },
  ];
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
const MARK = "noted-by-the-cluster-of-the-contract";
const UNKNOWN = { number: 4321, wireType: 2, body: new TextEncoder().encode("of a newer version") };

function withMarks(request: RunFunctionRequest): RunFunctionRequest {
  const { observed } = request;
  return { ...request, observed: observed && { ...observed, resources: mapValues(observed.resources, marked) } };
}

function marked(state: ResourceState): ResourceState {
  const { resource } = state;
  if (!resource) return state;
  const metadata = resource["metadata"];
  const entries = (metadata as { readonly managedFields?: unknown } | undefined)?.managedFields;
  const fieldsV1 = { "f:metadata": { "f:annotations": { [`f:${LAST_APPLIED}`]: {} } } };
  const entry = { manager: MARK, operation: "Update", apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1 };
  const noted = withValue(resource, ["metadata", "resourceVersion"], MARK);
  const managed = withValue(noted, ["metadata", "managedFields"], [...(Array.isArray(entries) ? entries : []), entry]);
  return {
    ...state,
    resource: withValue(managed, ["metadata", "annotations", LAST_APPLIED], MARK),
  };
}

function withoutObserved(request: RunFunctionRequest): RunFunctionRequest {
  return { ...request, observed: request.observed && { ...request.observed, resources: {} } };
}

const reasons = (results: readonly { readonly message: string }[]) => results.map(({ message }) => message).join("; ");
