import fc from "fast-check";
import { type Story, stories } from "./story.js";

/** Stories of native kinds: lists by keys, sets, quantities, int-or-string, bytes, and much that is defaulted. */
export const nativeStories: Readonly<Record<string, fc.Arbitrary<Story>>> = {
  ConfigMap: stories(
    { apiVersion: "v1", kind: "ConfigMap" },
    optional({ data: texts(), immutable: fc.constant(false) }),
    optional({ data: texts() }),
  ),
  Secret: stories(
    { apiVersion: "v1", kind: "Secret" },
    optional({ data: bytes(), type: fc.constant("Opaque") }),
    optional({ data: bytes(), stringData: texts() }),
  ),
  Service: stories(
    { apiVersion: "v1", kind: "Service" },
    fc.record({ spec: fc.record({ ports: ports(), ...serviceSpec() }, { requiredKeys: ["ports"] }) }),
    optional({ spec: optional(serviceSpec()) }),
    fc.constant({
      conditions: [{ type: "Seen", status: "True", reason: "Test", lastTransitionTime: "2024-01-01T00:00:00Z" }],
    }),
  ),
  Deployment: stories(
    { apiVersion: "apps/v1", kind: "Deployment" },
    fc.record({ spec: deploymentSpec() }),
    optional({ spec: optional({ replicas: fc.nat(3), paused: fc.boolean(), minReadySeconds: fc.nat(3) }) }),
    fc.constant({ observedGeneration: 1, replicas: 1, conditions: [{ type: "Available", status: "True" }] }),
  ),
  NetworkPolicy: stories(
    { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
    fc.record({ spec: networkPolicySpec() }),
    optional({ spec: networkPolicySpec() }),
  ),
};

function optional<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<object> {
  return fc.record(fields, { requiredKeys: [] });
}

function texts() {
  return fc.dictionary(dataKey(), fc.string({ unit: "grapheme", maxLength: 8 }), { maxKeys: 3 });
}

function bytes() {
  const encoded = fc.uint8Array({ maxLength: 8 }).map((value) => Buffer.from(value).toString("base64"));
  return fc.dictionary(dataKey(), encoded, { maxKeys: 3 });
}

function dataKey() {
  return fc.constantFrom("bucket", "a.b", "A_B", "role-arn", "_");
}

function selector() {
  return fc.dictionary(fc.constantFrom("app", "example.org/part"), fc.constantFrom("a", "b", ""), { maxKeys: 2 });
}

function serviceSpec() {
  return {
    selector: selector(),
    sessionAffinity: fc.constantFrom("None", "ClientIP"),
    publishNotReadyAddresses: fc.boolean(),
    internalTrafficPolicy: fc.constantFrom("Cluster", "Local"),
  };
}

/** By port and protocol, where a protocol that is left out is TCP. */
function ports() {
  const protocol = fc.constantFrom("TCP", "UDP", undefined);
  const port = fc.record({ port: fc.integer({ min: 1, max: 65_535 }), protocol, targetPort: intOrString() });
  const key = ({ port, protocol = "TCP" }: { readonly port: number; readonly protocol: string | undefined }) =>
    `${port}${protocol}`;
  const named = fc.uniqueArray(port, { minLength: 1, maxLength: 3, selector: key });
  return named.map((ports) => ports.map((port, index) => ({ name: `p${index}`, ...port })));
}

function intOrString() {
  return fc.constantFrom<number | string | undefined>(8080, "http", undefined);
}

function deploymentSpec() {
  const labels = { app: "a" };
  const template = fc.record({ metadata: fc.constant({ labels }), spec: podSpec() });
  return fc.record(
    {
      selector: fc.constant({ matchLabels: labels }),
      template,
      replicas: fc.nat(3),
      strategy: fc.constantFrom({ type: "Recreate" }, { type: "RollingUpdate", rollingUpdate: { maxSurge: "50%" } }),
    },
    { requiredKeys: ["selector", "template"] },
  );
}

function podSpec() {
  return fc.record(
    {
      containers: fc.uniqueArray(container(), { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
      serviceAccountName: fc.constant("api"),
      nodeSelector: selector(),
      volumes: fc.constantFrom([], [{ name: "v", emptyDir: {} }], [{ name: "v", secret: { secretName: "s" } }]),
      tolerations: fc.constantFrom([], [{ operator: "Exists" }, { key: "a", effect: "NoSchedule" }]),
      securityContext: fc.constantFrom({}, { runAsNonRoot: true, runAsUser: 2000 }),
      topologySpreadConstraints: fc.constant([{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }]),
    },
    { requiredKeys: ["containers"] },
  );
}

function container() {
  const quantity = fc.constantFrom("1", "0.5", "500m", "1000m", "128Mi", "1Gi", "1024Mi");
  const envFrom = fc.constantFrom([], [{ secretRef: { name: "s" } }, { configMapRef: { name: "c", optional: true } }]);
  return fc.record(
    {
      name: fc.constantFrom("a", "b", "c", "d"),
      image: fc.constantFrom("example.org/a:1", "example.org/b@sha256:0"),
      args: fc.array(fc.string({ maxLength: 4 }), { maxLength: 3 }),
      env: fc.uniqueArray(variable(), { maxLength: 3, selector: ({ name }) => name }),
      envFrom,
      resources: optional({ requests: fc.dictionary(fc.constantFrom("cpu", "memory"), quantity) }),
      ports: fc.constantFrom(
        [],
        [{ containerPort: 80 }],
        [{ containerPort: 53, protocol: "UDP" }, { containerPort: 53 }],
      ),
      livenessProbe: fc.constant({ httpGet: { path: "/healthz", port: "http" } }),
    },
    { requiredKeys: ["name", "image"] },
  );
}

function variable() {
  const name = fc.constantFrom("A", "B", "C");
  const valueFrom = fc.constant({ secretKeyRef: { name: "s", key: "k" } });
  return fc.oneof(
    fc.record({ name, value: fc.string({ maxLength: 4 }) }),
    fc.record({ name, valueFrom }),
    fc.record({ name }),
  );
}

function networkPolicySpec() {
  const peer = fc.constantFrom<object>(
    { podSelector: {} },
    { namespaceSelector: { matchLabels: { team: "a" } } },
    { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
  );
  const port = fc.constantFrom(
    { port: 80 },
    { port: "http", protocol: "TCP" },
    { protocol: "UDP", port: 53, endPort: 54 },
  );
  const rules = (peers: "from" | "to") =>
    fc.array(optional({ [peers]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) }), {
      maxLength: 2,
    });
  return fc.record(
    {
      podSelector: fc.constantFrom(
        {},
        { matchLabels: { app: "a" } },
        { matchExpressions: [{ key: "a", operator: "Exists" }] },
      ),
      policyTypes: fc.constantFrom(["Ingress"], ["Egress", "Ingress"]),
      ingress: rules("from"),
      egress: rules("to"),
    },
    { requiredKeys: ["podSelector"] },
  );
}
