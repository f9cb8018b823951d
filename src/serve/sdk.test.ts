import {
  type FunctionHandler,
  FunctionRunner,
  newGrpcServer,
  normal,
  Resource,
  type RunFunctionRequest as SDKRequest,
  setDesiredCompositeStatus,
  to,
} from "@crossplane-org/function-sdk-typescript";
import { ServerCredentials } from "@grpc/grpc-js";
import { describe, expect, test } from "vitest";
import { callFunction } from "../../test/support/function-client.js";
import { fromSDK, type Runner, toSDK } from "../runner/index.js";
import { logger } from "../runtime/log.js";
import { Ready, type RunFunctionRequest, type RunFunctionResponse, Severity } from "../wire/index.js";
import { serve } from "./serve.js";

const silent = logger({ level: "silent" });
const bytes = (text: string) => new TextEncoder().encode(text);

const request = {
  meta: { tag: "a-tag" },
  observed: {
    composite: { resource: { apiVersion: "example.org/v1", kind: "XThing", metadata: { name: "one" } } },
    resources: { secret: { resource: { kind: "Secret" }, connectionDetails: { password: bytes("fake") } } },
  },
  desired: { resources: { earlier: { resource: { kind: "Earlier", spec: { ports: [80, 443, 80] } } } } },
  input: { size: 3 },
  credentials: { cloud: { credentialData: { data: { token: bytes("fake-token") } } } },
  requiredResources: { config: { items: [{ resource: { kind: "ConfigMap" } }] } },
};

/** What both sides make of it: the password's length, the size and what was there before. */
const expected = {
  meta: { tag: "a-tag", ttl: { seconds: 60, nanos: 0 } },
  desired: {
    composite: { resource: { status: { length: 4, token: "fake-token", found: 1 } } },
    resources: {
      earlier: { resource: { kind: "Earlier", spec: { ports: [80, 443, 80] } } },
      made: { resource: { kind: "Made", spec: { size: 3 } }, ready: Ready.True },
    },
  },
  results: [{ severity: Severity.Normal, message: "made it" }],
};

describe("fromSDK", () => {
  const handler: FunctionHandler = {
    async RunFunction(req: SDKRequest) {
      const response = to(req);
      const password = req.observed?.resources["secret"]?.connectionDetails["password"]?.toString("utf8") ?? "";
      const token = req.credentials["cloud"]?.credentialData?.data["token"]?.toString("utf8");
      const found = req.requiredResources["config"]?.items.length;
      setDesiredCompositeStatus({ rsp: response, status: { length: password.length, token, found } });
      const made = Resource.fromJSON({ resource: { kind: "Made", spec: { size: req.input?.["size"] } }, ready: 1 });
      if (response.desired) response.desired.resources["made"] = made;
      normal(response, "made it");
      return response;
    },
  };

  test("serves a handler of the official SDK", async () => {
    const answer = await served(fromSDK(handler), (address) => callFunction(address, request));
    expect(answer).toMatchObject(expected);
  });

  test("keeps the request as it was, though the handler writes to its own", async () => {
    const given = Object.freeze({
      ...(await decoded()),
      desired: Object.freeze({ composite: undefined, resources: Object.freeze({}) }),
    });
    await fromSDK(handler)(given);
    expect(given.desired.resources).toEqual({});
  });

  test("hands the handler a logger", async () => {
    let given: unknown;
    const curious: FunctionHandler = {
      async RunFunction(req, log) {
        given = log;
        return to(req);
      },
    };
    await fromSDK(curious, silent)(await decoded());
    expect(given).toBe(silent);
  });

  test("refuses what the official SDK would have altered on the wire", async () => {
    const sloppy: FunctionHandler = {
      async RunFunction(req) {
        const response = to(req);
        if (response.desired)
          response.desired.resources["bad"] = Resource.fromJSON({ resource: { spec: { since: new Date(0) } } });
        return response;
      },
    };
    const { results } = await served(fromSDK(sloppy), (address) => callFunction(address, request));
    expect(results).toEqual([
      expect.objectContaining({ severity: Severity.Fatal, message: expect.stringMatching(/since/) }),
    ]);
  });
});

describe("toSDK", () => {
  const runner: Runner = ({ meta, observed, desired, input, credentials, requiredResources }): RunFunctionResponse => {
    const password = observed?.resources["secret"]?.connectionDetails["password"];
    const token = new TextDecoder().decode(credentials["cloud"]?.credentialData?.data["token"]);
    const status = { length: password?.length ?? 0, token, found: requiredResources["config"]?.items.length ?? 0 };
    const made = { kind: "Made", spec: { size: input?.["size"] ?? 0 } };
    return {
      meta: { tag: meta?.tag ?? "", ttl: { seconds: 60, nanos: 0 } },
      desired: {
        composite: { resource: { status }, connectionDetails: { user: bytes("me") }, ready: Ready.Unspecified },
        resources: { ...desired?.resources, made: { resource: made, connectionDetails: {}, ready: Ready.True } },
      },
      results: [{ severity: Severity.Normal, message: "made it" }],
      requirements: undefined,
      conditions: [],
    };
  };

  test("runs under the official SDK's server", async () => {
    const handler: FunctionHandler = toSDK(runner);
    const server = newGrpcServer(new FunctionRunner(handler, silent), silent);
    const port = await new Promise<number>((resolve, reject) => {
      const listening = (error: Error | null, at: number) => (error ? reject(error) : resolve(at));
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), listening);
    });
    try {
      const answer = await callFunction(`127.0.0.1:${port}`, request);
      expect(answer).toMatchObject(expected);
      expect(answer).toEqual(await served(runner, (address) => callFunction(address, request)));
      expect(answer.desired?.composite?.connectionDetails["user"]).toEqual(bytes("me"));
    } finally {
      server.forceShutdown();
    }
  });
});

async function served<T>(runner: Runner, use: (address: string) => Promise<T>): Promise<T> {
  const serving = await serve({ runner, address: "127.0.0.1:0", credentials: { kind: "insecure" }, logger: silent });
  try {
    return await use(serving.address);
  } finally {
    await serving.close(1000);
  }
}

/** The request as a runner is given it. */
async function decoded(): Promise<RunFunctionRequest> {
  const seen: RunFunctionRequest[] = [];
  const runner: Runner = (given) => {
    seen.push(given);
    return { meta: undefined, desired: undefined, results: [], requirements: undefined, conditions: [] };
  };
  await served(runner, (address) => callFunction(address, request));
  const [first] = seen;
  if (first === undefined) throw new Error("the runner was not called");
  return first;
}
