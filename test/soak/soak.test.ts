import { afterAll, beforeAll, expect, test } from "vitest";
import { bucket } from "../../functions/bucket/function.js";
import { input, working, xbucket } from "../../functions/bucket/testing.js";
import { ready } from "../../functions/platform/testing.js";
import { givenOf } from "../../src/testing/index.js";
import { requestsOf } from "../../src/testing/requests-of.js";
import { functionClient } from "../support/function-client.js";
import { type Load, load } from "./load.js";
import { measured, memoryOf, Servers } from "./servers.js";

// The built function under load over mutual TLS, while certificates rotate and servers stop and start again: every call is
// answered, and memory is flat. SOAK_SECONDS says how long.

const SECONDS = Number(process.env["SOAK_SECONDS"] ?? 1800);
const ROTATIONS = Math.max(3, Math.floor(SECONDS / 60));
const RESTARTS = Math.max(4, Math.floor(SECONDS / 30));

const servers = new Servers();
beforeAll(() => servers.prepare());
afterAll(() => servers.remove());

test(`goes on for ${SECONDS} s`, { timeout: (SECONDS + 120) * 1000 }, async () => {
  const requests = await bucketRequests();
  const as = await servers.clientCertificates();
  const steady = await servers.start();
  const pair = [await servers.start(), await servers.start()];
  const loads = [load([steady], { as, atATime: 8, requests }), load(pair, { as, atATime: 8, requests })];
  const end = Date.now() + SECONDS * 1000;
  const memory: number[] = [];
  const watching = every(1000, end, async () => void memory.push(memoryOf(steady)));
  const rotating = every((SECONDS * 1000) / ROTATIONS, end, () => servers.rotate());
  const newcomers = every(1000, end, async () => {
    const client = functionClient(steady.address.replace("127.0.0.1", "localhost"), { as, isTrusting: true });
    await client.callRaw(requests[0] as Uint8Array, { deadlineMs: 60_000 }).finally(() => client.close());
  });
  let restarts = 0;
  const restarting = every((SECONDS * 1000) / RESTARTS, end, async () => {
    const index = restarts % 2;
    const stopping = pair[index];
    if (stopping === undefined) return;
    stopping.child.kill("SIGTERM");
    expect(await stopping.ended).toBe(0);
    expect(stopping.lines(/breaking off|"level":"error"/)).toEqual([]);
    pair[index] = await servers.start(Number(stopping.address.split(":")[1]));
    restarts += 1;
  });
  const files = await measured(steady, "process_open_fds");
  await Promise.all([watching, rotating, newcomers, restarting]);
  const rotated = steady.lines(/certificates have changed/).length;
  expect(await measured(steady, "process_open_fds")).toBeLessThan(files + 20);
  await Promise.all(loads.map((each) => each.stop()));
  const handled = await measured(steady, "grpc_server_started_total");
  for (const { child, ended } of [steady, ...pair]) {
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  }
  report({ memory, loads, restarts, rotated });
  for (const { errors } of loads) expect(errors).toEqual([]);
  expect(handled).toBeGreaterThanOrEqual(loads[0]?.answers() ?? 0);
  expect(rotated).toBeGreaterThan(1);
  expect(restarts).toBeGreaterThan(2);
  const [, middle = 0, last = 0] = thirds(memory).map(median);
  expect(Math.max(...memory)).toBeLessThan(300);
  // What a collector leaves lying at one time and not at another.
  if (SECONDS >= 300) expect(last - middle).toBeLessThan(8);
});

/** What Crossplane asks of an XBucket that is new, and of one whose parts work. */
async function bucketRequests(): Promise<readonly Uint8Array[]> {
  const spec = { credentials: "AccessKey" };
  const observed = { bucket: { status: ready }, consumers: { api: working.AccessKey } };
  const fresh = await requestsOf(bucket, givenOf(bucket, { xr: xbucket(), input }));
  const lived = await requestsOf(bucket, givenOf(bucket, { xr: xbucket(spec), input, observed }));
  return [...fresh, ...lived];
}

/** Does something again and again until a time, in milliseconds since the epoch; it rejects as soon as that does. */
async function every(ms: number, end: number, act: () => Promise<void>): Promise<void> {
  while (Date.now() + ms < end) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await act();
  }
}

interface Soaked {
  readonly memory: readonly number[];
  readonly loads: readonly Load[];
  readonly restarts: number;
  readonly rotated: number;
}

function report({ memory, loads, restarts, rotated }: Soaked): void {
  const answers = loads.reduce((sum, each) => sum + each.answers(), 0);
  const errors = loads.reduce((sum, each) => sum + each.errors.length, 0);
  const medians = thirds(memory).map((part) => `${median(part).toFixed(1)} MiB`);
  console.log(
    [
      `soak of ${SECONDS} s: ${answers} calls answered (${Math.round(answers / SECONDS)}/s), ${errors} not`,
      `${rotated} certificates taken, ${restarts} servers stopped and started under load`,
      `memory, by thirds of the time: ${medians.join(", ")}; at most ${Math.max(...memory).toFixed(1)} MiB`,
      `slope of the last two thirds: ${(slope(memory.slice(memory.length / 3)) * 3600).toFixed(1)} MiB an hour`,
    ].join("\n"),
  );
}

function thirds(values: readonly number[]): readonly (readonly number[])[] {
  const third = Math.ceil(values.length / 3);
  return [0, 1, 2].map((index) => values.slice(index * third, (index + 1) * third));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Of a line through values that were taken each second, by least squares. */
function slope(values: readonly number[]): number {
  const x = (values.length - 1) / 2;
  const y = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [above, below] = [0, 0];
  for (const [index, value] of values.entries()) {
    above += (index - x) * (value - y);
    below += (index - x) ** 2;
  }
  return above / below;
}
