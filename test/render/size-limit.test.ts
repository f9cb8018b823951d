import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { logger } from "../../src/runtime/index.js";
import { serve } from "../../src/serve/index.js";
import { encodeResponse, type RunFunctionResponse } from "../../src/wire/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { renderWithCrossplane } from "./crossplane.js";

const LIMIT = 4 * 1024 * 1024;

// The real core calls over gRPC here as it does in a cluster, and takes as much.
describe("the size of a response, as the real Crossplane receives it", () => {
  test("may be 4 MiB to the byte", async () => {
    const response = responseOf(LIMIT);
    expect(encodeResponse(response).length).toBe(LIMIT);
    await expect(renderWith(response)).resolves.toContain("kind: ConfigMap");
  });

  test("is refused by it one byte above that, where the function does not know", async () => {
    await expect(renderWith(responseOf(LIMIT + 1), { maxSendBytes: 2 * LIMIT })).rejects.toThrow(
      /received message larger than max \(4194305 vs\. 4194304\)/,
    );
  });

  test("is a fatal result of the function above that, which names what is largest", async () => {
    await expect(renderWith(responseOf(LIMIT + 1))).rejects.toThrow(
      /pipeline step "one" returned a fatal result: cannot run it: .* has 4194305 bytes, .* the largest are "large" \(\d+ bytes\).*Crossplane receives 4 MiB at most/,
    );
  });
});

/** A response of so many bytes. */
function responseOf(size: number): RunFunctionResponse {
  const of = (length: number): RunFunctionResponse => ({
    meta: undefined,
    desired: {
      composite: undefined,
      resources: {
        large: {
          resource: {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { namespace: "default" },
            data: { text: "x".repeat(length) },
          },
          connectionDetails: {},
          ready: 0,
        },
      },
    },
    results: [],
    requirements: undefined,
    conditions: [],
  });
  return of(size - (encodeResponse(of(size)).length - size));
}

async function renderWith(response: RunFunctionResponse, options: { readonly maxSendBytes?: number } = {}) {
  const serving = await serve({
    runner: () => response,
    name: "it",
    address: "127.0.0.1:0",
    credentials: { kind: "insecure" },
    logger: logger({ level: "silent" }),
    ...options,
  });
  onTestFinished(async () => void (await serving.close(0)));
  const folder = temporaryFolder({
    "xr.yaml": "apiVersion: example.org/v1\nkind: XThing\nmetadata: {namespace: default, name: it}\n",
    "composition.yaml": `apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata: {name: it}
spec:
  compositeTypeRef: {apiVersion: example.org/v1, kind: XThing}
  mode: Pipeline
  pipeline: [{step: one, functionRef: {name: one}}]
`,
    "functions.yaml": `apiVersion: pkg.crossplane.io/v1
kind: Function
metadata:
  name: one
  annotations:
    render.crossplane.io/runtime: Development
    render.crossplane.io/runtime-development-target: ${serving.address}
spec: {package: example.org/one:v1}
`,
  });
  const [xr, composition, functions] = ["xr", "composition", "functions"].map((name) => join(folder, `${name}.yaml`));
  return renderWithCrossplane({ xr: xr ?? "", composition: composition ?? "", functions: functions ?? "" });
}
