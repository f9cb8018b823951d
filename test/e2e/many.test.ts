import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type JsonObject } from "../../src/wire/index.js";
import { providerCRDsFor } from "../support/provider-crds.js";
import { eventually, isTrue } from "./control-plane/condition.js";
import { type InstalledPlane, installedPlane } from "./installed-plane.js";
import { Service } from "./service.js";

// How a control plane of this size bears a whole platform's services at once.

const WHAT = "many XBuckets at once";
const MANY = Number(process.env["XBUCKETS"] ?? 200);
/** Each has a namespace of its own. */
const TEAMS = 20;

describe.skipIf(providerCRDsFor(WHAT).length === 0)(WHAT, () => {
  let plane: InstalledPlane;
  const teams: Service[] = [];
  beforeAll(async () => {
    plane = (await installedPlane(WHAT, { net: "127.77.3" })) as InstalledPlane;
    for (let team = 0; team < TEAMS; team++) {
      await plane.namespace(`team-${team}`);
      teams.push(new Service(plane, `team-${team}`));
    }
  });
  afterAll(() => plane?.stop());

  test(`${MANY} of them become ready, each with a Secret of its own`, { timeout: 1_000_000 }, async () => {
    const names = Array.from({ length: MANY }, (_, index) => `bucket-${String(index).padStart(4, "0")}`);
    const [calls, opened] = await Promise.all([count("function_run_function_request_total"), opens()]);
    const began = performance.now();
    await Promise.all(
      names.map((name, index) => teams[index % TEAMS]?.applyExample("read-write/xr.yaml", overOf(name))),
    );
    const applied = secondsSince(began);
    await eventually("all Secrets", () => published().size === MANY, { seconds: 500, instead: () => state() });
    const secrets = secondsSince(began);
    await eventually("all to be ready", () => ready() === MANY, { seconds: 500, instead: () => state() });
    const all = secondsSince(began);
    const called = (await count("function_run_function_request_total")) - calls;
    const { cpuSeconds, rssBytes, peakRssBytes } = plane.kubelet.usage("trimtab-function-bucket");
    console.log(
      [
        `${MANY} XBuckets: applied in ${applied} s, all Secrets after ${secrets} s, all Ready after ${all} s`,
        `the function was called ${called} times, ${((cpuSeconds / called) * 1000).toFixed(2)} ms of CPU each`,
        `and has ${mebibytes(rssBytes)} MiB (at most ${mebibytes(peakRssBytes)}); ${(await opens()) - opened} circuits opened`,
      ].join("\n"),
    );
    expect(new Set(published().values()).size).toBe(MANY);
    expect(peakRssBytes).toBeLessThan(256 * 1024 * 1024);
  });

  const count = (name: string) => plane.crossplane.metric(name);
  const opens = () => count("circuit_breaker_opens_total");
  const xbuckets = () => plane.hub.objects().filter(({ kind }) => kind === "XBucket");
  const ready = () => xbuckets().filter((xr) => isTrue(xr, "Ready")).length;
  const state = () => `${published().size} Secrets, ${ready()} of ${xbuckets().length} ready`;

  /** The bucket of each Secret that was composed. */
  function published(): ReadonlyMap<string, string> {
    const secrets = plane.hub
      .objects()
      .filter(({ kind, metadata }) => kind === "Secret" && metadata.namespace?.startsWith("team-"));
    return new Map(
      secrets.flatMap((secret) => {
        const { BUCKET_NAME } = (secret["data"] ?? {}) as Readonly<Record<string, string>>;
        return BUCKET_NAME === undefined ? [] : [[secret.metadata.name, BUCKET_NAME] as const];
      }),
    );
  }
});

function overOf(name: string): JsonObject {
  const consumer = { serviceAccount: name, access: "ReadWrite", prefix: "incoming/" };
  return { metadata: { name }, spec: { consumers: [consumer] } };
}

const secondsSince = (began: number) => ((performance.now() - began) / 1000).toFixed(1);
const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
