import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Certificates, readCertificates } from "../../src/runtime/certificates.js";
import { bundleFunction } from "../../src/xpkg/bundle/bundle-function.js";
import { type Authority, certificateAuthority } from "../support/certificates.js";
import { type StartedFunction, startFunction } from "../support/function-process.js";
import { repository } from "../support/repository.js";

/** Servers of the built function bucket, each with a folder of certificates as a Secret is mounted. */
export class Servers {
  readonly #folder = mkdtempSync(join(tmpdir(), "trimtab-soak-"));
  readonly #program = join(this.#folder, "main.cjs");
  readonly #mounts: string[] = [];
  #authority: Authority | undefined;
  #signed = 0;

  /** Builds the function, and an authority as Crossplane has it. */
  async prepare(): Promise<void> {
    const entry = join(repository, "functions/bucket/function.ts");
    const program = join(repository, "src/cli/serve/start-exported.ts");
    const { text } = await bundleFunction({ root: repository, entry, name: "bucket", version: "1", program });
    writeFileSync(this.#program, text);
    this.#authority = await certificateAuthority(join(this.#folder, "authority"), { subject: "CN=Crossplane" });
  }

  /** @param port 0 for one that is free */
  async start(port = 0): Promise<StartedFunction> {
    const mount = join(this.#folder, `mount-${this.#mounts.length}`);
    this.#mounts.push(mount);
    mkdirSync(mount);
    cpSync(await this.#sign("server"), mount, { recursive: true });
    const listen = ["--address", `127.0.0.1:${port}`, "--metrics-address", "127.0.0.1:0"];
    return startFunction(this.#program, ["--tls-server-certs-dir", mount, ...listen], { env: { NODE_OPTIONS: "" } });
  }

  async clientCertificates(): Promise<Certificates> {
    return readCertificates(await this.#sign("client"));
  }

  /** Gives all servers, also those that have stopped, certificates and keys that are new. */
  async rotate(): Promise<void> {
    for (const mount of this.#mounts) cpSync(await this.#sign("server"), mount, { recursive: true });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #sign(use: "client" | "server"): Promise<string> {
    if (this.#authority === undefined) throw new Error("prepare() first");
    this.#signed += 1;
    return this.#authority.sign(`${use}-${this.#signed}`, { uses: [use] });
  }
}

/** What a process has of memory, in MiB. */
export function memoryOf({ child }: StartedFunction): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
  return Number(kibibytes) / 1024;
}

/** A value of those that a process is measured by, summed over its labels. */
export async function measured({ metrics }: StartedFunction, name: string): Promise<number> {
  const page = await (await fetch(`http://${metrics}/metrics`)).text();
  const values = page.split("\n").filter((line) => new RegExp(`^${name}[ {]`).test(line));
  return values.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}
