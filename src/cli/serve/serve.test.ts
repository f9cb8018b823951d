import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { certificateAuthority } from "../../../test/support/certificates.js";
import { type FakeIO, fakeIO } from "../../../test/support/fake-io.js";
import { callFunction } from "../../../test/support/function-client.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { readCertificates } from "../../runtime/index.js";
import { run } from "../run.js";

const fn = (name: string) => `{
  name: "${name}", ttl: 60, composes: {}, input: { openapi: { type: "object" } },
  composite: [{ group: "example.org", version: "v1", kind: "XThing", spec: { openapi: { type: "object" } }, status: { openapi: { type: "object" } } }],
  compose: () => ({ resources: {} }),
}`;
const project = (...names: string[]) => ({
  "trimtab.config.ts": `const functions: readonly object[] = [${names.map(fn).join(", ")}];\nexport default { functions };\n`,
});

describe("trimtab serve", () => {
  test("serves the project's only function until it is told to stop", async () => {
    const { io, done, address } = await started(["serve", "--insecure", "--address", "127.0.0.1:0"], project("one"));
    const { meta } = await callFunction(address, { meta: { tag: "a-tag" } });
    expect(meta?.tag).toBe("a-tag");
    io.signals.emit("SIGTERM");
    expect(await done).toBe(0);
    const messages = io
      .text("stderr")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(messages).toContainEqual(expect.objectContaining({ name: "one", msg: "stopped" }));
  });

  test("serves the one that is named", async () => {
    const args = ["serve", "two", "--insecure", "--address", "127.0.0.1:0"];
    const { io, done } = await started(args, project("one", "two"));
    expect(io.text("stderr")).toContain('"name":"two"');
    io.signals.emit("SIGINT");
    expect(await done).toBe(0);
  });

  test.each([
    { args: ["two", "one"], names: ["two", "one"] },
    { args: ["--all"], names: ["one", "two", "three"] },
  ])("serves several at ports one after the other: $args", async ({ args, names }) => {
    const port = await freePorts(3);
    const cwd = temporaryFolder(project("one", "two", "three"));
    const io = fakeIO({ cwd });
    const done = run(["serve", ...args, "--insecure", "--address", `127.0.0.1:${port}`], io);
    for (const [index, name] of names.entries()) {
      await io.line(new RegExp(`"name":"${name}","address":"127.0.0.1:${port + index}".*"serving"`));
      await expect(callFunction(`127.0.0.1:${port + index}`, {})).resolves.toBeDefined();
    }
    io.signals.emit("SIGTERM");
    expect(await done).toBe(0);
    expect(io.signals.listenerCount("SIGTERM")).toBe(0);
    expect(io.rejections.listenerCount("unhandledRejection")).toBe(0);
  });

  test("serves none of several where one cannot listen", async () => {
    const { io, done, address } = await started(["serve", "--insecure", "--address", "127.0.0.1:0"], project("one"));
    const second = fakeIO({ cwd: temporaryFolder(project("one", "two")) });
    const before = address.replace(/\d+$/, (port) => String(Number(port) - 1));
    expect(await run(["serve", "--all", "--insecure", "--address", before], second)).toBe(1);
    expect(second.text("stderr")).toMatch(/trimtab: cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
    expect(second.signals.listenerCount("SIGTERM")).toBe(0);
    io.signals.emit("SIGTERM");
    await done;
  });

  test.each([
    { name: "the flag", args: ["--tls-server-certs-dir", "certs"], env: {} },
    { name: "the environment", args: [], env: { TLS_SERVER_CERTS_DIR: "certs" } },
  ])("takes certificates from the folder that $name says", async ({ args, env }) => {
    const cwd = temporaryFolder(project("one"));
    const folder = await (await certificateAuthority(join(cwd, "authority"))).sign("server");
    const inPlace = (value: string) => (value === "certs" ? folder : value);
    const io = fakeIO({
      cwd,
      env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, inPlace(value)])),
    });
    const done = run(["serve", "--address", "127.0.0.1:0", ...args.map(inPlace)], io);
    const address = (await serving(io, done)).replace("127.0.0.1", "localhost");
    await expect(callFunction(address, {})).rejects.toMatchObject({ code: 14 });
    await expect(callFunction(address, {}, { as: readCertificates(folder) })).resolves.toBeDefined();
    io.signals.emit("SIGTERM");
    expect(await done).toBe(0);
  });

  test.each([
    {
      name: "a folder that is empty",
      folder: (cwd: string) => cwd,
      says: /cannot read .*tls\.crt: no such file .*or --insecure/,
    },
    {
      name: "a folder that is not there",
      folder: (cwd: string) => join(cwd, "no"),
      says: /cannot read .*no\/tls\.crt/,
    },
    { name: "no folder at all", folder: () => "", says: /cannot serve without certificates/ },
  ])("exits with 1 for $name, rather than to serve plain text", async ({ folder, says }) => {
    const cwd = temporaryFolder();
    const io = fakeIO({ cwd, env: { TLS_SERVER_CERTS_DIR: folder(cwd) } });
    expect(await run(["serve"], io)).toBe(1);
    expect(io.text("stderr")).toMatch(says);
  });

  test("exits with 1 where it cannot listen", async () => {
    const { io, done, address } = await started(["serve", "--insecure", "--address", "127.0.0.1:0"], project("one"));
    const second = fakeIO({ cwd: temporaryFolder(project("one")) });
    expect(await run(["serve", "--insecure", "--address", address], second)).toBe(1);
    expect(second.text("stderr")).toMatch(/trimtab: cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
    io.signals.emit("SIGTERM");
    await done;
  });

  test("answers probes where it is told to, until it stops", async () => {
    const args = ["serve", "--insecure", "--address", "127.0.0.1:0", "--health-address", "127.0.0.1:0"];
    const { io, done } = await started(args, project("one"));
    const { health } = JSON.parse(await io.line(/"serving"/)) as { readonly health: string };
    expect((await fetch(`http://${health}/readyz`)).status).toBe(200);
    io.signals.emit("SIGTERM");
    expect(await done).toBe(0);
    await expect(fetch(`http://${health}/readyz`)).rejects.toThrow();
  });

  test("exits with 1 where it cannot answer probes, and serves nothing then", async () => {
    const { io, done, address } = await started(["serve", "--insecure", "--address", "127.0.0.1:0"], project("one"));
    const second = fakeIO({ cwd: temporaryFolder(project("one")) });
    const args = ["serve", "--insecure", "--address", "127.0.0.1:0", "--health-address", address];
    expect(await run(args, second)).toBe(1);
    expect(second.text("stderr")).toMatch(/trimtab: cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
    expect(second.rejections.listenerCount("unhandledRejection")).toBe(0);
    io.signals.emit("SIGTERM");
    await done;
  });

  test.each([
    {
      name: "a function that there is not",
      args: ["three"],
      code: 1,
      says: /cannot serve three: .* there are one, two/,
    },
    {
      name: "none, where there are several",
      args: [],
      code: 80,
      says: /the argument NAME is missing; the functions are one, two, and --all serves them all/,
    },
    { name: "all and one", args: ["--all", "one"], code: 80, says: /--all serves all functions; leave one out/ },
    {
      name: "one address of metrics for several",
      args: ["--all", "--metrics-address", "127.0.0.1:0"],
      code: 80,
      says: /--metrics-address are of one function, and there are several/,
    },
  ])("refuses $name", async ({ args, code, says }) => {
    const io = fakeIO({ cwd: temporaryFolder(project("one", "two")) });
    expect(await run(["serve", "--insecure", ...args], io)).toBe(code);
    expect(io.text("stderr")).toMatch(says);
  });
});

async function started(args: readonly string[], files: Readonly<Record<string, string>>) {
  const io = fakeIO({ cwd: temporaryFolder(files) });
  const done = run(args, io);
  return { io, done, address: await serving(io, done) };
}

/** The first of so many ports in a row where nobody listens. */
async function freePorts(many: number): Promise<number> {
  const listen = async (port: number) => {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
    return server;
  };
  for (;;) {
    const any = await listen(0);
    const servers = [any];
    const first = (any.address() as AddressInfo).port;
    try {
      for (let next = 1; next < many; next += 1) servers.push(await listen(first + next));
      return first;
    } catch {
      // Another process has one of them.
    } finally {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    }
  }
}

/** The address that it listens on, once it does. */
async function serving(io: FakeIO, done: Promise<number>): Promise<string> {
  const ended = done.then((code) => Promise.reject(new Error(`exited with ${code}: ${io.text("stderr")}`)));
  const line = await Promise.race([io.line(/"serving"/), ended]);
  ended.catch(() => {});
  return (JSON.parse(line) as { readonly address: string }).address;
}
