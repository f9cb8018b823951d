import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { type Certificates, readCertificates } from "../../src/runtime/certificates.js";
import { bundleFunction } from "../../src/xpkg/bundle/bundle-function.js";
import { certificateAuthority } from "../support/certificates.js";
import { functionClient } from "../support/function-client.js";
import { type StartedFunction, startFunction } from "../support/function-process.js";
import { repository } from "../support/repository.js";

export const SECRET = "fake-password-of-the-lamp";

const SOURCE = `
import { anyXR, defineFunction } from "trimtab";
export const lamp = defineFunction({
  name: "lamp", composite: anyXR({ group: "example.org" }), composes: {},
  compose({ xr }) {
    if (xr.spec.task === "throw") throw new Error("cannot log in with ${SECRET}");
    return { resources: {} };
  },
});
`;

/** What is attacked: the program of a package, and the certificates of who may call it. */
export interface Prepared {
  readonly program: string;
  readonly serverCertificates: string;
  readonly client: Certificates;
  remove(): void;
}

export async function prepare(): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), "trimtab-abuse-"));
  const entry = join(folder, "function.ts");
  writeFileSync(entry, SOURCE);
  const toolkit = join(repository, "src/cli/serve/start-exported.ts");
  const { text } = await bundleFunction({ root: folder, entry, name: "lamp", version: "1", program: toolkit });
  const program = join(folder, "main.cjs");
  writeFileSync(program, text);
  const authority = await certificateAuthority(join(folder, "authority"), { subject: "CN=Crossplane" });
  return {
    program,
    serverCertificates: await authority.sign("server", { uses: ["server"] }),
    client: readCertificates(await authority.sign("client", { uses: ["client"] })),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export type Way = "tls" | "plain";

export interface Victim {
  readonly way: Way;
  readonly port: number;
  readonly process: StartedFunction;
  readonly client: Certificates;
  /** Attacks, while somebody calls as Crossplane does, and new callers come; each call is answered. Tells how many were. */
  during(attack: () => Promise<unknown>): Promise<number>;
  /** In MiB, since it started. */
  peakMemory(): number;
  /** Looks at what is left: it stops when it is told to, and has logged no secret. */
  ends(): Promise<void>;
}

export async function victim({ program, serverCertificates, client }: Prepared, way: Way): Promise<Victim> {
  const how = way === "tls" ? ["--tls-server-certs-dir", serverCertificates] : ["--insecure"];
  const args = ["--debug", "--address", "127.0.0.1:0", "--metrics-address", "127.0.0.1:0", ...how];
  const process = await startFunction(program, args);
  const port = Number(process.address.split(":")[1]);
  const newCaller = () =>
    functionClient(`localhost:${port}`, {
      ...(way === "tls" && { as: client, isTrusting: true }),
      channel: { "grpc.use_local_subchannel_pool": 1 },
    });
  return {
    way,
    port,
    process,
    client,
    async during(attack) {
      const caller = newCaller();
      onTestFinished(() => caller.close());
      await caller.call(request());
      let isOver = false;
      const attacked = attack().finally(() => {
        isOver = true;
      });
      let answers = 0;
      // Once more after it is over.
      for (let last = false; !last; answers += 3) {
        last = isOver;
        const newcomer = newCaller();
        await newcomer.call(request(), CALL).finally(() => newcomer.close());
        await caller.call(request(), CALL);
        await caller.call(request("throw"), CALL);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await attacked;
      return answers;
    },
    peakMemory: () => peakOf(process),
    async ends() {
      process.child.kill("SIGTERM");
      expect(await process.ended).toBe(0);
      const log = process.text();
      expect(log.includes("cannot log in with ***")).toBe(true);
      for (const form of [SECRET, Buffer.from(SECRET).toString("base64")]) expect(log.includes(form)).toBe(false);
    },
  };
}

/** A machine that is busy has its time. */
const CALL = { deadlineMs: 15_000 };

export const request = (task = "none", more: object = {}) => ({
  meta: { tag: "a-tag" },
  observed: {
    composite: {
      resource: { apiVersion: "example.org/v1", kind: "XLamp", metadata: { name: "hall" }, spec: { task } },
      connectionDetails: { password: new TextEncoder().encode(SECRET) },
    },
  },
  ...more,
});

function peakOf({ child }: StartedFunction): number {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kibibytes) / 1024);
}
