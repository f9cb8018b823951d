import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Registry, startRegistry } from "./control-plane/registry.js";
import { ask, pushRepl } from "./kubelet/repl.js";
import { type Bench, type DeployOptions, deploymentOf, startBench, until } from "./kubelet/testing.js";

let store: Registry;
let folder: string;
let bench: Bench;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trimtab-registry-"));
  store = await startRegistry(folder);
  await pushRepl(`${store.host}/app:v1`);
  await pushRepl(`${store.host}/damaged:v1`, true);
  bench = await startBench("127.77.200");
});
afterEach(() => bench.clear());
afterAll(async () => {
  await bench?.stop();
  await store?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("a pod", () => {
  const facts: Record<string, { reason: string; ask: string; is: unknown }> = {
    pid: { reason: "it is the first process of its own pid namespace", ask: "process.pid", is: 1 },
    processes: {
      reason: "it sees no other process",
      ask: 'fs.readdirSync("/proc").filter((name) => /^\\d+$/.test(name))',
      is: ["1"],
    },
    uid: { reason: "it runs as runAsUser", ask: "process.getuid()", is: 2000 },
    gid: { reason: "it runs as runAsGroup, and in no other group", ask: "process.getgroups()", is: [2000] },
    capabilities: { reason: "it has none", ask: "/CapEff:\\s*(\\w+)/.exec(self)[1]", is: "0".repeat(16) },
    privileges: { reason: "it can gain none", ask: "/NoNewPrivs:\\s*(\\d)/.exec(self)[1]", is: "1" },
    network: { reason: "it has loopback only", ask: 'Object.keys(require("os").networkInterfaces())', is: ["lo"] },
    hostname: { reason: "it is named after its pod", ask: 'require("os").hostname()', is: "function-a-1" },
    localhost: {
      reason: "/etc/hosts is there",
      ask: 'require("dns").promises.lookup("localhost", 4).then(({ address }) => address)',
      is: "127.0.0.1",
    },
    label: { reason: "env may refer to a label", ask: "process.env.FUNCTION_NAME", is: "function-a" },
    path: { reason: "the image says the PATH", ask: 'process.env.PATH.split(":")[0]', is: "/nodejs/bin" },
    tls: { reason: "Node's TLS works in the image", ask: 'require("tls").getCACertificates().length > 100', is: true },
    "host's files": { reason: "it has a root of its own", ask: 'fs.existsSync("/etc/debian_chroot")', is: false },
    devices: {
      reason: "/dev/null takes what is written",
      ask: 'fs.writeFileSync("/dev/null", "x") ?? "yes"',
      is: "yes",
    },
    root: { reason: "the root is read-only", ask: 'fs.writeFileSync("/file", "x")', is: "EROFS" },
    "/tmp": { reason: "all of the root is", ask: 'fs.writeFileSync("/tmp/file", "x")', is: "EROFS" },
    secret: { reason: "a Secret is there as files", ask: 'fs.readFileSync("/tls/server/tls.crt", "utf8")', is: "one" },
    "secret's files": { reason: "nobody writes a Secret", ask: 'fs.writeFileSync("/tls/server/x", "")', is: "EROFS" },
    emptyDir: { reason: "an emptyDir takes files", ask: 'fs.writeFileSync("/cache/x", "") ?? "yes"', is: "yes" },
  };

  test("is confined, and has what its Deployment says", async () => {
    bench.secrets.set("certificates", { "tls.crt": "one" });
    deploy("function-a", {
      securityContext: { readOnlyRootFilesystem: true },
      volumes: [
        { name: "certificates", secret: { secretName: "certificates" } },
        { name: "cache", emptyDir: {} },
      ],
      volumeMounts: [
        { name: "certificates", mountPath: "/tls/server" },
        { name: "cache", mountPath: "/cache" },
      ],
      env: [
        {
          name: "FUNCTION_NAME",
          valueFrom: { fieldRef: { fieldPath: "metadata.labels['pkg.crossplane.io/function']" } },
        },
      ],
    });
    const pod = await bench.ready("function-a");
    const prelude = 'const fs = require("fs"), self = fs.readFileSync("/proc/self/status", "utf8");';
    for (const [name, { reason, ask: expression, is }] of Object.entries(facts)) {
      expect(await ask(pod, `${prelude} ${expression}`), `${name}: ${reason}`).toEqual(is);
    }
  });

  test("reaches nothing outside, not even this machine", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await until("a listener", () => server.address() ?? undefined);
    const { port } = server.address() as { port: number };
    deploy("function-a");
    const pod = await bench.ready("function-a");
    const call = (host: string) =>
      `new Promise((_, reject) => require("net").connect(${port}, "${host}").on("error", reject))`;
    expect(await ask(pod, call("127.0.0.1"))).toBe("ECONNREFUSED");
    expect(await ask(pod, call("192.0.2.1"))).toBe("ENETUNREACH");
    server.close();
  });

  test("has a scratch layer of its own where the root is not read-only", async () => {
    deploy("function-a");
    const pod = await bench.ready("function-a");
    expect(await ask(pod, 'require("fs").writeFileSync("/tmp/file", "x") ?? "written"')).toBe("written");
    expect(await ask(pod, 'require("fs").writeFileSync("/file", "x")')).toBe("EACCES");
    await bench.keeper.pod("function-a")?.kill("SIGKILL");
    expect(await ask(pod, 'require("fs").existsSync("/tmp/file")')).toBe(false);
  });

  test("takes many connections at once, and much in each of them", async () => {
    deploy("function-a");
    const pod = await bench.ready("function-a");
    const asked = Array.from({ length: 50 }, (_, index) => ask(pod, `"${"x".repeat(100_000)}".length + ${index}`));
    expect(await Promise.all(asked)).toEqual(asked.map((_, index) => 100_000 + index));
    expect(bench.keeper.pod("function-a")?.usage().cpuSeconds).toBeGreaterThan(0);
    expect(bench.keeper.pod("function-a")?.usage().rssBytes).toBeGreaterThan(10 << 20);
  });
});

describe("a pod that ends", () => {
  test("is started again after a crash, and calls wait for it", async () => {
    deploy("function-a");
    const pod = await bench.ready("function-a");
    await bench.keeper.pod("function-a")?.kill("SIGKILL");
    expect(await ask(pod, "process.pid")).toBe(1);
    expect(bench.keeper.pod("function-a")?.state().restarts).toBe(1);
    expect(endings()).toEqual(["was ended by SIGKILL"]);
  });

  test("leaves nobody hanging who calls while it crashes", async () => {
    deploy("function-a");
    const pod = await bench.ready("function-a");
    const crash = bench.keeper.pod("function-a")?.kill("SIGKILL");
    const answers = Array.from({ length: 30 }, () => ask(pod, "process.pid").catch(() => "closed"));
    await crash;
    expect([1, "closed"]).toEqual(expect.arrayContaining(await Promise.all(answers)));
    expect(await ask(pod, "process.pid")).toBe(1);
  });

  test("waits longer each time that it fails to start, and says why it is not available", async () => {
    deploy("function-a", { args: ["-e", "process.exit(7)"] });
    await until("three restarts", () => (bench.keeper.pod("function-a")?.state().restarts ?? 0) >= 3 || undefined);
    expect(await condition("function-a-1", "False")).toMatchObject({ message: "its process exited with code 7" });
  });

  test("may not be what its image says", async () => {
    deploy("function-a", { command: ["/bin/sh"] });
    expect(await condition("function-a-1", "False", /code/)).toMatchObject({
      message: "its process exited with code 127",
    });
    expect(bench.keeper.pod("function-a")?.log()).toContain("/bin/sh");
  });

  test("is told to, and has time for it", async () => {
    deploy("function-a", { graceSeconds: 1 });
    const pod = await bench.ready("function-a");
    const end =
      'process.removeAllListeners("SIGTERM"), new Promise((done) => process.on("SIGTERM", () => done("late")))';
    const answer = ask(pod, end);
    const waits = 'String(process.listeners("SIGTERM")).includes("late")';
    await until("it to wait", async () => (await ask(pod, waits)) || undefined);
    bench.deployments.clear();
    expect(await answer).toBe("late");
    await until("its end", () => endings()[0]);
  });

  test("is killed once its grace is over", async () => {
    deploy("function-a", { env: [{ name: "IGNORE_SIGTERM", value: "1" }], graceSeconds: 1 });
    await bench.ready("function-a");
    bench.deployments.clear();
    await until("its end", () => endings()[0]);
    expect(endings()).toEqual(["ignored SIGTERM, and was killed once its grace was over"]);
  });

  test("is replaced by that of a newer Deployment at the same address, and calls wait", async () => {
    deploy("function-a", { env: [{ name: "VERSION", value: "1" }] });
    const old = await bench.ready("function-a");
    deploy("function-a", { revision: 2, env: [{ name: "VERSION", value: "2" }] });
    await until("the old one to be left", () => bench.events.find(({ type }) => type === "unready"));
    expect(await ask(old, "process.env.VERSION")).toBe("2");
    expect(bench.keeper.pods()).toHaveLength(1);
  });
});

describe("a Deployment", () => {
  test("is available while its pod listens", async () => {
    deploy("function-a");
    expect(await condition("function-a-1", "True")).toMatchObject({ reason: "MinimumReplicasAvailable" });
    expect(bench.statuses.get("function-a-1")).toMatchObject({ observedGeneration: 1, readyReplicas: 1 });
    await ask(await bench.ready("function-a"), 'setInterval(() => {}, 1000), server.close(), "closed"');
    expect(await condition("function-a-1", "False")).toMatchObject({
      reason: "MinimumReplicasUnavailable",
      message: "nothing listens any more",
    });
  });

  test("has a name, as long as it is there", async () => {
    deploy("function-a");
    deploy("function-b");
    const [a, b] = [await bench.ready("function-a"), await bench.ready("function-b")];
    expect(readFileSync(bench.hostsFile, "utf8")).toBe(
      `127.0.0.1 localhost\n${a.address} function-a.crossplane-system\n${b.address} function-b.crossplane-system\n`,
    );
    expect(a.address).not.toBe(b.address);
    bench.deployments.delete("function-a-1");
    await until(
      "its name to be gone",
      () => !readFileSync(bench.hostsFile, "utf8").includes("function-a") || undefined,
    );
  });

  test("waits for its Secret, and sees it change at once", async () => {
    bench.secrets.delete("certificates");
    deploy("function-a", {
      volumes: [
        {
          name: "tls",
          secret: {
            secretName: "certificates",
            items: [
              { key: "tls.crt", path: "tls.crt" },
              { key: "tls.key", path: "tls.key" },
            ],
          },
        },
      ],
      volumeMounts: [{ name: "tls", mountPath: "/tls/server", readOnly: true }],
    });
    expect(await condition("function-a-1", "False")).toMatchObject({
      message: "cannot mount volume tls: there is no Secret certificates",
    });
    bench.secrets.set("certificates", { "tls.crt": "crt 1", "tls.key": "key 1", other: "x" });
    const pod = await bench.ready("function-a");
    const read = '["tls.crt", "tls.key"].map((name) => require("fs").readFileSync("/tls/server/" + name, "utf8"))';
    expect(await ask(pod, read)).toEqual(["crt 1", "key 1"]);
    expect(await ask(pod, 'require("fs").readlinkSync("/tls/server/tls.crt")')).toBe("..data/tls.crt");

    bench.secrets.set("certificates", { "tls.crt": "crt 2", "tls.key": "key 2" });
    await until("the new certificate", async () => String(await ask(pod, read)) === "crt 2,key 2" || undefined);
    expect(await ask(pod, 'require("fs").readdirSync("/tls/server").length')).toBe(4);
    expect(bench.keeper.pod("function-a")?.state().restarts).toBe(0);
  });

  const refused: Record<string, { reason: string; options: DeployOptions; message: RegExp }> = {
    "a damaged image": {
      reason: "containerd checks what a layer unpacks to",
      options: { image: "damaged:v1" },
      message: /unpacks to sha256:\w+, and the config says sha256:0000/,
    },
    "an image that is not there": {
      reason: "it cannot be pulled",
      options: { image: "none:v1" },
      message: /has no v1 of none/,
    },
    root: {
      reason: "nothing would keep its capabilities away",
      options: { uid: 0 },
      message: /it would be root/,
    },
    "a reference that is not known": {
      reason: "a wrong env would be worse than none",
      options: { env: [{ name: "X", valueFrom: { fieldRef: { fieldPath: "status.hostIP" } } }] },
      message: /env X is taken from status\.hostIP/,
    },
  };
  for (const [name, { reason, options, message }] of Object.entries(refused)) {
    test(`does not run with ${name}`, async () => {
      deploy("function-a", options);
      const { message: said } = await condition("function-a-1", "False", message);
      expect(said, reason).toMatch(message);
    });
  }
});

function deploy(name: string, { image = "app:v1", ...options }: DeployOptions = {}): void {
  const deployment = deploymentOf(name, `${store.host}/${image}`, options);
  bench.statuses.delete(deployment.metadata.name);
  bench.deployments.set(deployment.metadata.name, deployment);
}

function endings(): readonly string[] {
  return bench.events.filter(({ type }) => type === "ended").map(({ message }) => message);
}

/** The condition Available of a Deployment, once it has this status, and a message that fits. */
function condition(name: string, status: string, message = /^(?!.* yet$|pulling|waiting)/) {
  const find = () => bench.statuses.get(name)?.conditions?.[0];
  return until(
    `${name} to be ${status}`,
    () => [find()].find((one) => one?.status === status && message.test(one.message)),
    find,
  );
}
