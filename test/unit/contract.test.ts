import {
  type FunctionHandler,
  FunctionRunner,
  newGrpcServer,
  normal,
  Resource,
  setDesiredCompositeStatus,
  to,
} from "@crossplane-org/function-sdk-typescript";
import { ServerCredentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucket } from "../../functions/bucket/function.js";
import { input as bucketInput, safe, secret, working, xbucket } from "../../functions/bucket/testing.js";
import { connection } from "../../functions/connection/function.js";
import { database, field, inputOf, instance, password } from "../../functions/connection/situation.js";
import { identity } from "../../functions/identity/function.js";
import { input as identityInput } from "../../functions/identity/testing.js";
import { ready } from "../../functions/platform/testing.js";
import { type DialedFunction, dial } from "../../src/render/dial.js";
import { type FunctionCall } from "../../src/render/run-step.js";
import { logger } from "../../src/runtime/index.js";
import { contract } from "../../src/testing/contract/contract.js";
import { describeFunction } from "../../src/testing/describe-function.js";
import { type Asked } from "../../src/testing/requests-of.js";
import { givenOf } from "../../src/testing/run.js";
import {
  decodeRequest,
  encodeResponse,
  type Init,
  Ready,
  type RunFunctionRequest,
  type RunFunctionResponse,
  Severity,
  Status,
} from "../../src/wire/index.js";

// The contract of composition functions: ours keep it, one of the official SDK keeps it, and each rule is seen to be broken.

const consumer = { AccessKey: { credentials: "AccessKey" }, IRSA: { credentials: "IRSA" }, PodIdentity: {} };
const features = { versioning: true, lifecycle: [{ prefix: "tmp/", expireAfterDays: 7 }] };

describeFunction("bucket", bucket, [
  ...Object.entries(consumer).flatMap(([kind, fields]) => {
    const xr = xbucket(fields, features);
    const api = { ...working[kind as keyof typeof working], secret: secret({ bucket: "fake-old-name" }) };
    return [
      givenOf(bucket, { xr, input: bucketInput }),
      givenOf(bucket, { xr, input: bucketInput, observed: { ...safe, consumers: { api } } }),
    ];
  }),
]);

const role = { status: { ...ready, atProvider: { arn: "arn:aws:iam::123456789012:role/shared" } } };
describeFunction(
  "identity",
  identity,
  [{ podIdentity: { role, association: { status: ready } } }, {}].map((observed) =>
    givenOf(identity, {
      xr: {
        metadata: { name: "shared", namespace: "payments" },
        spec: { serviceAccount: "api", createServiceAccount: true },
      },
      input: identityInput,
      observed,
    }),
  ),
);

describeFunction("connection", connection, [
  givenOf(connection, {
    xr: database,
    input: inputOf([password, field("status.atProvider.address", { name: "host" })]),
    others: { instance },
  }),
]);

const request: Init<RunFunctionRequest> = {
  meta: { tag: "a-tag" },
  observed: {
    composite: {
      resource: {
        apiVersion: "example.org/v1",
        kind: "XThing",
        metadata: { name: "one", namespace: "things", uid: "1" },
        spec: { names: ["b", "a"], labels: { x: "1", y: "2", z: "3" } },
      },
    },
    resources: {
      made: {
        resource: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "made", uid: "2" }, data: { a: "1" } },
        connectionDetails: { password: Buffer.from("fake-password-of-made") },
      },
      other: {
        resource: { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { token: "ZmFrZS10b2tlbg==" } },
      },
    },
  },
};

describe("a function of the official SDK, under its own server", () => {
  const handler: FunctionHandler = {
    async RunFunction(req) {
      const response = to(req);
      const { spec } = (req.observed?.composite?.resource ?? {}) as { readonly spec?: { readonly names?: unknown } };
      const names = Array.isArray(spec?.names) ? spec.names.map(String) : [];
      const data = Object.fromEntries(names.map((name) => [name, "there"]));
      const made = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "made" }, data };
      if (response.desired) response.desired.resources["made"] = Resource.fromJSON({ resource: made, ready: 1 });
      setDesiredCompositeStatus({ rsp: response, status: { names } });
      normal(response, "made it");
      return response;
    },
  };
  const silent = logger({ level: "silent" });
  const server = newGrpcServer(new FunctionRunner(handler, silent), silent);
  let dialed: DialedFunction | undefined;
  beforeAll(async () => {
    const port = await new Promise<number>((resolve, reject) => {
      const listening = (error: Error | null, at: number) => (error ? reject(error) : resolve(at));
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), listening);
    });
    dialed = dial(`127.0.0.1:${port}`, Date.now() + 60_000);
  });
  afterAll(() => {
    dialed?.close();
    server.forceShutdown();
  });
  const call: FunctionCall = (bytes) => dialed?.call(bytes) ?? Promise.reject(new Error("it does not listen"));
  describeFunction("keeps the contract", call, [request]);
});

/** What a good function answers. */
function good({ meta, desired, context }: RunFunctionRequest): RunFunctionResponse {
  const made = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "made" }, data: { a: "1" } };
  return {
    meta: { tag: meta?.tag ?? "" },
    desired: {
      composite: desired?.composite,
      resources: { ...desired?.resources, made: { resource: made, connectionDetails: {}, ready: Ready.True } },
    },
    results: [{ severity: Severity.Normal, message: "made it" }],
    context,
    requirements: undefined,
    conditions: [{ type: "Made", status: Status.True, reason: "Available" }],
  };
}

type Broken = (request: RunFunctionRequest, bytes: Uint8Array) => RunFunctionResponse;
const said = (request: RunFunctionRequest, message: string, severity: Severity = Severity.Normal) => ({
  ...good(request),
  results: [{ severity, message }],
});
/** As a good function answers it, with something else under `made`. */
const making = (request: RunFunctionRequest, resource: object, ready: Ready = Ready.True): RunFunctionResponse => {
  const response = good(request);
  const made = { resource: { apiVersion: "v1", kind: "ConfigMap", ...resource }, connectionDetails: {}, ready };
  return {
    ...response,
    desired: { composite: response.desired?.composite, resources: { ...response.desired?.resources, made } },
  };
};
const specOf = ({ observed }: RunFunctionRequest) =>
  observed?.composite?.resource?.["spec"] as { readonly names: readonly string[]; readonly labels: object };
const observedMade = ({ observed }: RunFunctionRequest) => observed?.resources["made"];
let calls = 0;

/** By the rule that it breaks: the function, and what is said of it. */
const broken: Readonly<
  Record<string, { readonly run: Broken; readonly says: string | RegExp; readonly reason: string }>
> = {
  "copies the tag of the request": {
    reason: "a tag of its own, which Crossplane cannot match",
    run: (request) => ({ ...good(request), meta: { tag: "mine" } }),
    says: 'XThing/things/one: meta.tag is "mine": copy that of the request',
  },
  "sets metadata and spec of what it composes, and nothing that the cluster alone knows": {
    reason: "the observed object is sent back with changes",
    run: (request) => making(request, { metadata: { name: "made", uid: "2" }, status: { phase: "Good" } }),
    says: 'desired.resources["made"].resource.status is set: leave it out',
  },
  "names what each resource is": {
    reason: "an object without a kind",
    run: (request) => making(request, { kind: "" }),
    says: 'desired.resources["made"].resource.kind is missing',
  },
  "sets nothing of the XR but its status": {
    reason: "the observed XR is sent back",
    run: (request) => ({
      ...good(request),
      desired: {
        composite: { resource: { spec: { names: [] } }, connectionDetails: {}, ready: Ready.Unspecified },
        resources: {},
      },
    }),
    says: "desired.composite.resource.spec is set",
  },
  "leaves the conditions Synced, Ready and Responsive to Crossplane": {
    reason: "a condition that Crossplane ignores",
    run: (request) => ({ ...good(request), conditions: [{ type: "Ready", status: Status.True, reason: "Yes" }] }),
    says: "it says a condition Ready",
  },
  "says of each resource that it composes whether it is ready": {
    reason: "left to a step that may not be there",
    run: (request) => making(request, { metadata: { name: "made" } }, Ready.Unspecified),
    says: 'desired.resources["made"].ready is not said',
  },
  "answers with less than 4 MiB": {
    reason: "a ConfigMap of 5 MiB",
    run: (request) => making(request, { data: { text: "x".repeat(5 * 1024 * 1024) } }),
    says: /the answer has 52\d{5} bytes/,
  },
  "passes on what earlier steps compose": {
    reason: "desired is made anew",
    run: (request) => ({ ...good(request), desired: { composite: undefined, resources: {} } }),
    says: 'desired.resources["earlier-step-of-the-contract"] is gone',
  },
  "passes on what earlier steps say of the XR": {
    reason: "the status is replaced",
    run: (request) => ({
      ...good(request),
      desired: {
        composite: { resource: { status: { mine: true } }, connectionDetails: {}, ready: Ready.Unspecified },
        resources: good(request).desired?.resources ?? {},
      },
    }),
    says: 'desired.composite.resource.status["earlier-step-of-the-contract"] is gone',
  },
  "passes on the context": {
    reason: "the context is left out",
    run: (request) => ({ ...good(request), context: {} }),
    says: 'context["earlier-step-of-the-contract"] is gone',
  },
  "keeps what earlier steps desire when it refuses": {
    reason: "a fatal result and nothing else",
    run: (request) => ({ ...said(request, "no", Severity.Fatal), desired: undefined }),
    says: 'desired.resources["earlier-step-of-the-contract"] is gone',
  },
  "answers the same request with the same": {
    reason: "it counts its calls",
    run: (request) => said(request, `call ${calls++}`),
    says: /with the same request again, results\[0\]\.message differs/,
  },
  "echoes nothing that the cluster notes in what it observes": {
    reason: "annotations are copied from what is observed",
    run: (request) => {
      const { metadata } = (observedMade(request)?.resource ?? {}) as { readonly metadata?: object };
      return making(request, { metadata: { name: "made", annotations: { copy: JSON.stringify(metadata ?? {}) } } });
    },
    says: "desired holds metadata of what is observed",
  },
  "tolerates fields that it does not know": {
    reason: "it looks at how long a request is",
    run: (request, bytes) => making(request, { data: { length: String(bytes.length) } }),
    says: 'desired.resources["made"].resource.data.length differs',
  },
  "works before anything is observed": {
    reason: "it refuses until what it makes is there",
    run: (request) => (observedMade(request) ? good(request) : said(request, "made is missing", Severity.Fatal)),
    says: "with nothing observed it refuses what it else composes: made is missing",
  },
  "does not crash at an XR with no spec": {
    reason: "it trusts the schema",
    run: (request) => {
      try {
        return making(request, { data: { first: specOf(request).names[0] ?? "" } });
      } catch (error) {
        return said(request, String(error), Severity.Fatal);
      }
    },
    says: "it crashes: TypeError",
  },
  "says no secret value in results, conditions, status and context": {
    reason: "an event with the password",
    run: (request) => {
      const password = Buffer.from(observedMade(request)?.connectionDetails["password"] ?? []).toString();
      return said(request, `published ${password}`);
    },
    says: "results[0] holds a value of connection details or of a Secret",
  },
};

describe("each rule", () => {
  const rules = contract(callOf(good), [request]).filter(
    ({ name }) => !/^does not crash at an XR with (?!no spec)/.test(name),
  );
  const asked: readonly Asked[] = [request];

  test.each(rules.map(({ name }) => name))("a function breaks: %s", async (name) => {
    const { run, says } = broken[name] ?? { run: good, says: "there is a broken function for each rule" };
    const message = await problem(callOf(run), asked, name);
    if (typeof says === "string") expect(message).toContain(says);
    else expect(message).toMatch(says);
  });

  test.each(rules.map(({ name }) => name))("a good function keeps: %s", async (name) => {
    expect(await problem(callOf(good), asked, name)).toBe("");
  });

  test("has a source", () => {
    for (const { source } of rules) expect(source).toMatch(/\w{4}/);
  });

  test("says no secret value in what it says", async () => {
    const leaking: Broken = (request) => {
      const password = Buffer.from(observedMade(request)?.connectionDetails["password"] ?? []).toString();
      return { ...said(request, `${password} ${calls++}`), meta: { tag: password } };
    };
    for (const { name } of rules) {
      const message = await problem(callOf(leaking), asked, name);
      expect(message).not.toContain("fake-password-of-made");
    }
  });
});

function callOf(run: Broken): FunctionCall {
  return (bytes) => encodeResponse(run(decodeRequest(bytes), bytes));
}

/** What is said of a function that breaks a rule; empty if it does not. */
async function problem(call: FunctionCall, asked: readonly Asked[], rule: string): Promise<string> {
  const found = contract(call, asked).find(({ name }) => name === rule);
  return (
    (await found?.check().then(
      () => "",
      (error: Error) => error.message,
    )) ?? "there is no such rule"
  );
}
