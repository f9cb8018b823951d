const pod = { apiVersion: "v1", kind: "Pod" };
const owner = { apiVersion: "v1", kind: "Pod", name: "a", uid: "b", controller: true };

/** Objects of the XRDs in testdata that no generator comes upon, each by what it is about. */
export const written: Readonly<Record<string, object>> = {
  "a resource within": service({
    template: { apiVersion: "v1", kind: "Pod", metadata: { name: "a", other: 1 }, spec: 1 },
  }),
  "a resource within without a kind": service({ template: { apiVersion: "v1" } }),
  "a resource within whose kind is no name": service({ template: { apiVersion: "v1", kind: "A_b" } }),
  "a resource within whose version is none": service({ template: { apiVersion: "a/b/c", kind: "A" } }),
  "a resource within whose kind is a number": service({ template: { apiVersion: "v1", kind: 1 } }),
  "a resource within with a wrong label": service({ template: { ...pod, metadata: { labels: { a: "b c" } } } }),
  "a resource within with a label that is a number": service({ template: { ...pod, metadata: { labels: { a: 1 } } } }),
  "a resource within with no namespace's name": service({ template: { ...pod, metadata: { namespace: "A" } } }),
  "a resource within with a slash in its name": service({ template: { ...pod, metadata: { name: "a/b" } } }),
  "a resource within with a name of capitals": service({ template: { ...pod, metadata: { name: "A_b" } } }),
  "a resource within with metadata that is null": service({ template: { ...pod, metadata: null } }),
  "a resource within with metadata that is text": service({ template: { ...pod, metadata: "x" } }),
  "a resource within that its rules refuse": service({ sidecar: { ...pod, kind: "Secret", metadata: { name: "a" } } }),
  "a resource within that its rules need a name of": service({ sidecar: pod }),
  "a resource within that its rules let pass": service({
    sidecar: { ...pod, metadata: { name: "a" }, spec: { image: "b" } },
  }),
  "a resource within with unknown fields": service({
    sidecar: { ...pod, metadata: { name: "a" }, status: {}, spec: { b: 1 } },
  }),
  "a map of anything": service({ extra: { a: 1, b: { c: 1 }, d: [{ e: 1 }], f: null } }),
  anything: service({ any: { a: { b: [null, { c: null }] } } }),
  "anything that is null": service({ any: null }),
  "a map with null": service({ env: { a: null, b: "c" } }),
  "a fraction for an integer or text": service({ surge: 1.5 }),
  "a bound that is exclusive": service({ replicas: { min: 1, max: 10 } }),
  "a rule about a field": service({ replicas: { min: 4 } }),
  "one of anyOf": service({ choice: { b: 3 } }),
  "none of anyOf": service({ choice: { b: 2 } }),
  "what not forbids": service({ choice: { a: "x", b: 3 } }),
  "a list with null": service({ hosts: [null] }),
  "an empty list": service({ hosts: [] }),
  "defaults in a list": service({ rules: [{}, { path: null }, { not: { a: true, b: false } }] }),
  "what Crossplane adds": service({ crossplane: { compositionUpdatePolicy: "Never" } }),
  "another namespace": { ...service({}), metadata: { name: "a", namespace: "default" } },
  "a namespace that is none": { ...service({}), metadata: { name: "a", namespace: null } },
  "a status": { ...service({}), status: { conditions: "none", other: 1 } },
  "a name of 64 characters": { ...service({}), metadata: { name: "a".repeat(64) } },
  "a long name to be completed": { ...service({}), metadata: { generateName: "a".repeat(70) } },
  "a name to be completed that ends in a dot": { ...service({}), metadata: { generateName: "a." } },
  "a name to be completed that is a hyphen": { ...service({}), metadata: { generateName: "-" } },
  "a name, and another to be completed that is wrong": { ...service({}), metadata: { name: "a", generateName: "A" } },
  "no name": { ...service({}), metadata: {} },
  "metadata that is null": { ...service({}), metadata: null },
  "metadata that is a list": { ...service({}), metadata: [] },
  "labels that are null": { ...service({}), metadata: { name: "a", labels: null, annotations: { a: null } } },
  "a label of 64 characters": { ...service({}), metadata: { name: "a", labels: { a: "a".repeat(64) } } },
  "a label with a prefix of 254": { ...service({}), metadata: { name: "a", labels: { [`${"a".repeat(254)}/b`]: "" } } },
  "an annotation of capitals": { ...service({}), metadata: { name: "a", annotations: { "A.B/C_d": "x\ny" } } },
  "an annotation without a name": { ...service({}), metadata: { name: "a", annotations: { "a/": "x" } } },
  "too many annotations": { ...service({}), metadata: { name: "a", annotations: { a: "é".repeat(131_072) } } },
  "a finalizer": { ...service({}), metadata: { name: "a", finalizers: ["example.org/a", "b"] } },
  "a finalizer that is null": { ...service({}), metadata: { name: "a", finalizers: [null] } },
  "two finalizers in conflict": {
    ...service({}),
    metadata: { name: "a", finalizers: ["orphan", "foregroundDeletion"] },
  },
  "an owner": { ...service({}), metadata: { name: "a", ownerReferences: [owner] } },
  "an owner without a version": {
    ...service({}),
    metadata: { name: "a", ownerReferences: [{ ...owner, apiVersion: "a/" }] },
  },
  "two owners that control": {
    ...service({}),
    metadata: { name: "a", ownerReferences: [owner, { ...owner, name: "b" }] },
  },
  "an event as owner": { ...service({}), metadata: { name: "a", ownerReferences: [{ ...owner, kind: "Event" }] } },
  "a time in small letters": { ...service({}), metadata: { name: "a", creationTimestamp: "2024-01-01t00:00:00z" } },
  "a generation below nothing": { ...service({}), metadata: { name: "a", generation: -1 } },
  "another version": { ...service({ replicas: 3 }), apiVersion: "web.example.org/v1" },
  "a namespace where there is none": {
    ...cluster("cat", { nodes: 8 }),
    metadata: { name: "cat", namespace: "default" },
  },
  "a rule about the name": cluster("default", {}),
  "a rule about name and spec": cluster("dog", { nodes: 8 }),
  "a name that is long enough for the API server": cluster("c", {}),
  "a name that is too long for the XRD": cluster("c".repeat(21), {}),
  "unknown fields that are kept": cluster("cat", { other: { a: null }, network: { other: 1 } }),
  "null where null may be": cluster("cat", { network: { cidr: "10.0.0.0/8", mtu: null } }),
  "a map that is null, with a default": cluster("cat", { network: null }),
  "a rule with the value that was": database({ engine: "mysql", size: 1 }),
  "a rule that words its own message": database({ engine: "mysql", plan: "pg-1" }),
  "two of oneOf": database({ engine: "mysql", plan: "my-1", size: 1 }),
  "a field that Crossplane replaces": database({ engine: "mysql", size: 1, compositionRef: "x" }),
  "a user twice": database({ engine: "mysql", size: 1, users: [{ name: "a" }, { name: "a", role: "writer" }] }),
  "a claim": { ...database({ engine: "mysql", size: 1 }), kind: "Database" },
  "a claim with what only its XR has": {
    ...database({ engine: "mysql", size: 1, claimRef: { name: "a" }, resourceRefs: [] }),
    kind: "Database",
  },
};

function service(spec: object): object {
  return { apiVersion: "web.example.org/v2", kind: "Service", metadata: { name: "a" }, spec };
}

function cluster(name: string, spec: object): object {
  return { apiVersion: "compute.example.org/v1beta1", kind: "Cluster", metadata: { name }, spec };
}

function database(spec: object): object {
  return { apiVersion: "data.example.org/v1", kind: "XDatabase", metadata: { name: "a" }, spec };
}
