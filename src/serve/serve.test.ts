import { afterEach, describe, expect, test } from "vitest";
import { callFunction, callFunctionRaw } from "../../test/support/function-client.js";
import { type Runner } from "../runner/index.js";
import { logger } from "../runtime/log.js";
import { type RunFunctionResponse, Severity } from "../wire/index.js";
import { type ServeOptions, type Serving, serve } from "./serve.js";

const INVALID_ARGUMENT = 3;
const RESOURCE_EXHAUSTED = 8;

const running: Serving[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((serving) => serving.close(0)));
});

describe("serve", () => {
  test.each(["v1", "v1beta1"] as const)("answers %s", async (version) => {
    const { address } = await start();
    const { meta } = await callFunction(address, { meta: { tag: "a-tag" } }, { version });
    expect(meta?.tag).toBe("a-tag");
  });

  test("listens on each address of the machine where no host is said", async () => {
    const { port } = await start(echo, { address: ":0" });
    const { meta } = await callFunction(`127.0.0.1:${port}`, { meta: { tag: "a-tag" } });
    expect(meta?.tag).toBe("a-tag");
  });

  test("decodes, runs and encodes in one block where the runner is synchronous", async () => {
    const said: string[] = [];
    const { address } = await start(({ meta }) => {
      void Promise.resolve().then(() => said.push("something else"));
      process.nextTick(() => said.push("something else"));
      return {
        ...response(),
        get meta() {
          said.push("encoded");
          return { tag: meta?.tag ?? "" };
        },
      };
    });
    await callFunction(address, { meta: { tag: "a-tag" } });
    expect(said[0]).toBe("encoded");
    expect(said).toContain("something else");
  });

  test("takes a request of 8 MiB", async () => {
    const { address } = await start(({ input }) => response({ tag: String(String(input?.["text"]).length) }));
    const { meta } = await callFunction(address, { input: { text: "x".repeat(8 * 1024 * 1024) } });
    expect(meta?.tag).toBe(String(8 * 1024 * 1024));
  });

  test("refuses a request that is larger than it was told to take", async () => {
    const { address } = await start(echo, { maxReceiveBytes: 1024 });
    const large = callFunction(address, { input: { text: "x".repeat(2048) } });
    await expect(large).rejects.toMatchObject({ code: RESOURCE_EXHAUSTED });
  });

  test("answers a fatal result where the response is too large to be received", async () => {
    const resource = { resource: { text: "x".repeat(5_000_000) }, connectionDetails: {}, ready: 0 };
    const { address } = await start(() => ({
      ...response(),
      desired: { composite: undefined, resources: { huge: resource } },
    }));
    const { results, desired } = await callFunction(address, {});
    expect(results).toEqual([
      expect.objectContaining({ severity: Severity.Fatal, message: expect.stringContaining('"huge"') }),
    ]);
    expect(desired).toBeUndefined();
  });

  test("sends what gRPC's clients take by default, to the byte", async () => {
    const limit = 4 * 1024 * 1024;
    const { address } = await start(({ input }) => response({ tag: "x".repeat(Number(input?.["size"])) }));
    const largest = limit - FRAME;
    expect((await callFunction(address, { input: { size: largest } })).meta?.tag).toHaveLength(largest);
    const { results } = await callFunction(address, { input: { size: largest + 1 } });
    expect(results).toEqual([
      expect.objectContaining({
        message: expect.stringContaining(`it has ${limit + 1} bytes, above the limit of ${limit}`),
      }),
    ]);
  });

  test("refuses bytes that are no request, saying why", async () => {
    const { address } = await start();
    const garbage = callFunctionRaw(address, Buffer.from([0x0a, 0xff, 0xff]));
    await expect(garbage).rejects.toMatchObject({
      code: INVALID_ARGUMENT,
      details: expect.stringMatching(/^cannot decode RunFunctionRequest at meta: ./),
    });
  });

  test("rejects where it cannot listen, saying why", async () => {
    const { address } = await start();
    await expect(start(echo, { address })).rejects.toThrow(/^cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
  });

  test("rejects an address that is none", async () => {
    await expect(start(echo, { address: "not an address" })).rejects.toThrow(/^cannot listen on not an address: /);
  });

  test("answers calls that are under way when it closes, and takes no new ones", async () => {
    const { entered, release, runner } = held();
    const serving = await start(runner);
    const underWay = callFunction(serving.address, {});
    await entered;
    const closed = serving.close(5000);
    await expect(callFunction(serving.address, {})).rejects.toMatchObject({ code: 14 });
    release();
    expect((await underWay).meta?.tag).toBe("held");
    await closed;
  });

  test("breaks off calls that last longer than the deadline", async () => {
    const { entered, runner } = held();
    const serving = await start(runner);
    const underWay = callFunction(serving.address, {});
    const broken = expect(underWay).rejects.toMatchObject({ code: expect.any(Number) });
    await entered;
    await serving.close(10);
    await broken;
  });

  test("breaks off at once where it is told a second time", async () => {
    const { entered, runner } = held();
    const serving = await start(runner);
    const broken = expect(callFunction(serving.address, {})).rejects.toMatchObject({ code: expect.any(Number) });
    await entered;
    const closed = serving.close(60_000);
    await serving.close(0);
    await Promise.all([closed, broken]);
  });
});

/** What stands around the tag of a response of some megabytes: two fields' tags and lengths. */
const FRAME = 10;

const echo: Runner = ({ meta }) => response({ tag: meta?.tag ?? "" });

function response(meta?: RunFunctionResponse["meta"]): RunFunctionResponse {
  return { meta, desired: undefined, results: [], requirements: undefined, conditions: [] };
}

/** A runner that answers only once it is released. */
function held() {
  let [enter, release] = [() => {}, () => {}];
  const entered = new Promise<void>((resolve) => {
    enter = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const runner: Runner = async () => {
    enter();
    await released;
    return response({ tag: "held" });
  };
  return { entered, release: () => release(), runner };
}

async function start(runner: Runner = echo, options: Partial<ServeOptions> = {}): Promise<Serving> {
  const log = logger({ level: "silent" });
  const serving = await serve({
    runner,
    address: "127.0.0.1:0",
    credentials: { kind: "insecure" },
    logger: log,
    ...options,
  });
  running.push(serving);
  return serving;
}
