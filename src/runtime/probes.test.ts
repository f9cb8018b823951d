import { afterEach, describe, expect, test } from "vitest";
import { type Probes, serveProbes } from "./probes.js";

const running: Probes[] = [];
afterEach(() => {
  for (const probes of running.splice(0)) probes.close();
});

describe("serveProbes", () => {
  test.each([
    { path: "/healthz", ready: true, code: 200 },
    { path: "/healthz", ready: false, code: 200 },
    { path: "/readyz", ready: true, code: 200 },
    { path: "/readyz", ready: false, code: 503 },
    { path: "/", ready: true, code: 404 },
    { path: "/metrics", ready: true, code: 404 },
  ])("answers $path with $code where it is ready: $ready", async ({ path, ready, code }) => {
    const { address } = await start(() => ready);
    expect((await fetch(`http://${address}${path}`)).status).toBe(code);
  });

  test("takes nothing but probes", async () => {
    const { address } = await start(() => true);
    expect((await fetch(`http://${address}/healthz`, { method: "POST", body: "x" })).status).toBe(405);
  });

  test("rejects where it cannot listen, saying why", async () => {
    const { address } = await start(() => true);
    await expect(serveProbes({ address, isReady: () => true })).rejects.toThrow(/^cannot listen on .*EADDRINUSE/);
  });
});

async function start(isReady: () => boolean): Promise<Probes> {
  const probes = await serveProbes({ address: "127.0.0.1:0", isReady });
  running.push(probes);
  return probes;
}
