import { CLUSTER_XR, CONFIG_MAP, observedAs, PIPELINE, XR } from "../both/defaults.js";
import { type RenderCases } from "../both/render-case.js";

const observed = (name: string, metadata: object, rest: object = {}) => ({
  ...CONFIG_MAP,
  metadata: { ...observedAs(name), ...metadata },
  ...rest,
});

const config = observed("config", { name: "thing-x1" });
const echoes = { script: { echo: "echo" } };

/** What is observed, what functions are told of it, and what comes of it. */
export const observations: RenderCases = {
  "a name that is observed": {
    reason: "it is kept, and nothing else of the object is",
    observed: { ...config, data: { color: "red", observed: "only" }, status: { phase: "Up" } },
  },
  "a generateName that is observed": {
    reason: "it is kept as well",
    observed: observed("config", { name: "thing-x1", generateName: "other-" }),
  },
  "an observed name over one's own": {
    reason: "another name does not rename",
    observed: config,
    pipeline: [
      {
        script: { resources: { config: { manifest: { ...CONFIG_MAP, metadata: { name: "own", namespace: "own" } } } } },
      },
    ],
    flags: ["-r"],
  },
  "functions are told": {
    reason: "the object as it is, in observed.resources",
    observed: { ...config, status: { a: 1 } },
    pipeline: [echoes],
  },
  "several are observed": {
    reason: "each under its name",
    observed: [config, observed("other", { name: "thing-x2" }), observed("third", { name: "thing-x3" })],
    pipeline: [echoes, ...PIPELINE],
  },
  "what is observed and no longer desired": {
    reason: "it is deleted, which is not shown",
    observed: [config, observed("gone", { name: "thing-gone" })],
    flags: ["-xr"],
  },
  "nothing of what is observed is desired": {
    reason: "references are empty",
    observed: config,
    pipeline: [{ script: {} }],
    flags: ["-x"],
  },
  "a controller that is not the XR": {
    reason: "render refuses what a reconcile would pass over",
    observed: observed("config", {
      name: "thing-x1",
      ownerReferences: [{ apiVersion: "v1", kind: "Other", name: "o", uid: "77", controller: true }],
    }),
    code: 1,
    says: /thing-x1/,
  },
  "two that are wrong": {
    reason: "both are said",
    observed: [
      observed("a", { name: "thing-a", namespace: "elsewhere" }),
      observed("b", { name: "thing-b", ownerReferences: [{ kind: "Other", uid: "77", controller: true }] }),
    ],
    code: 1,
    says: /thing-a[\s\S]*thing-b/,
  },
  "no controller": {
    reason: "it is taken over",
    observed: observed("config", { name: "thing-x1", ownerReferences: [] }),
    pipeline: [echoes, ...PIPELINE],
  },
  "no controller, and not desired": {
    reason: "it is not deleted, which is not shown",
    observed: observed("gone", { name: "thing-x1", ownerReferences: [] }),
  },
  "an owner that is no controller": {
    reason: "it controls nothing",
    observed: observed("config", { name: "thing-x1", ownerReferences: [{ kind: "Other", uid: "77" }] }),
  },
  "no annotation with the composition resource name": {
    reason: "nobody knows what it is",
    observed: observed("config", { name: "thing-x1", annotations: {} }),
    code: 1,
    says: /composition-resource-name/,
  },
  "another namespace than the XR's": {
    reason: "a namespaced XR composes in its own",
    observed: observed("config", { name: "thing-x1", namespace: "elsewhere" }),
    code: 1,
    says: /thing-x1.*namespace/,
  },
  "no namespace where the XR has one": {
    reason: "a namespaced XR composes in its own",
    observed: observed("config", { name: "thing-x1", namespace: undefined }),
    code: 1,
    says: /thing-x1.*namespace/,
  },
  "any namespace for an XR of cluster scope": {
    reason: "it composes everywhere, and names and namespaces are kept",
    xr: CLUSTER_XR,
    observed: [
      { ...CONFIG_MAP, metadata: { ...observedAs("config", CLUSTER_XR), name: "thing-x1", namespace: "elsewhere" } },
      { ...CONFIG_MAP, metadata: { ...observedAs("other", CLUSTER_XR), name: "thing-x2" } },
    ],
    pipeline: [...PIPELINE, echoes],
  },
  "an observed namespace over one's own": {
    reason: "an XR of cluster scope moves nothing",
    xr: CLUSTER_XR,
    observed: { ...CONFIG_MAP, metadata: { ...observedAs("config", CLUSTER_XR), name: "thing-x1", namespace: "a" } },
    pipeline: [{ script: { resources: { config: { manifest: { ...CONFIG_MAP, metadata: { namespace: "b" } } } } } }],
    flags: ["-r"],
  },
  "the same composition resource name twice": {
    reason: "the last one counts",
    observed: [config, observed("config", { name: "thing-x2" })],
    pipeline: [...PIPELINE, echoes],
  },
  "the same object twice": {
    reason: "the last one counts",
    observed: [config, { ...config, data: { color: "green" } }],
    pipeline: [...PIPELINE, echoes],
  },
  "another kind than is desired": {
    reason: "the name goes to the new kind",
    observed: { ...config, apiVersion: "v1", kind: "Secret" },
  },
  "another version than is desired": {
    reason: "the name is kept",
    observed: { ...config, apiVersion: "v2" },
  },
  "no name": {
    reason: "a reference without a name is passed over",
    observed: observed("config", {}),
    pipeline: [...PIPELINE, echoes],
  },
  "no kind": {
    reason: "no object of Kubernetes",
    observed: { metadata: { name: "a" } },
    code: 1,
    says: /observed\.yaml/,
  },
  "an XR with a uid": {
    reason: "its objects say so",
    xr: { ...XR, metadata: { ...XR.metadata, uid: "u-1" } },
    observed: {
      ...CONFIG_MAP,
      metadata: {
        ...observedAs("config", { ...XR, metadata: { ...XR.metadata, uid: "u-1" } }),
        name: "thing-x1",
        uid: "observed-uid",
      },
    },
    pipeline: [...PIPELINE, echoes],
  },
  "references that the XR has": {
    reason: "without -o they lead nowhere, and are replaced",
    xr: {
      ...XR,
      spec: { crossplane: { resourceRefs: [{ apiVersion: "v1", kind: "ConfigMap", name: "lost" }] } },
    },
    pipeline: [echoes],
    flags: ["-x"],
  },
  "references that -e leads somewhere": {
    reason: "what is required is there to be observed",
    xr: {
      ...XR,
      spec: { crossplane: { resourceRefs: [{ apiVersion: "v1", kind: "ConfigMap", name: "thing-x1" }] } },
    },
    required: config,
    pipeline: [...PIPELINE, echoes],
    flags: ["-x"],
  },
  "references of the XR beside what is observed": {
    reason: "they give way",
    xr: { ...XR, spec: { crossplane: { resourceRefs: [{ apiVersion: "v1", kind: "ConfigMap", name: "lost" }] } } },
    observed: config,
    pipeline: [echoes],
  },
  "the XR among what is observed": {
    reason: "the later one is what is stored",
    observed: { ...XR, metadata: { ...observedAs("itself"), name: "thing", uid: "stored" }, spec: { size: 4 } },
    pipeline: [echoes],
    flags: ["-x"],
  },
  "an observed resource is desired as it is": {
    reason: "what came in goes out",
    observed: observed("config", {
      name: "thing-x1",
      uid: "u",
      resourceVersion: "3",
      generation: 2,
      creationTimestamp: "2024-05-05T05:05:05Z",
      managedFields: [{ manager: "x", operation: "Apply" }],
    }),
    pipeline: [
      {
        script: {
          resources: {
            config: {
              manifest: {
                ...CONFIG_MAP,
                metadata: { name: "thing-x1", uid: "u", resourceVersion: "3", namespace: "default" },
              },
            },
          },
        },
      },
    ],
  },
};
