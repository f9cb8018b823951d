import { type AnyFn } from "../../function/index.js";
import { type Composition, type FunctionCall } from "../../render/index.js";
import { reason } from "../../runtime/reason.js";
import { type IO } from "../io.js";
import { TimedOut } from "../timed-out.js";
import { type FunctionManifest, packageOf, targetOf } from "./load-functions.js";
import { type StartedPackage } from "./start-package.js";

/** What Crossplane's CLI calls the function that reads and writes the context. */
const RESERVED = "crossplane-render-context";

export interface FunctionSources {
  /** Function to address, as the command line says; they come first. */
  readonly targets: ReadonlyMap<string, string>;
  /** The Functions that were given; undefined where none were. */
  readonly manifests: readonly FunctionManifest[] | undefined;
  /** The project's function of a name, where Functions were not given. */
  functionOf(name: string): AnyFn | undefined;
  readonly timeoutMs: number;
  /** Whether the context is given or printed. */
  readonly usesContext: boolean;
}

/** What runs the functions of pipelines: in this process, or over connections that are kept until it is closed. */
export class FunctionPool {
  readonly #sources: FunctionSources;
  readonly #io: IO;
  readonly #deadline: number;
  readonly #started = new Map<string, Promise<StartedPackage>>();
  readonly #dialed = new Map<string, { readonly call: FunctionCall; close(): void }>();

  /** @throws Error where a Function asks for a runtime that there is not */
  constructor(sources: FunctionSources, io: IO) {
    this.#sources = sources;
    this.#io = io;
    this.#deadline = Date.now() + sources.timeoutMs;
    for (const manifest of sources.manifests ?? []) targetOf(manifest);
    if (sources.usesContext && sources.manifests?.some(({ name }) => name === RESERVED)) {
      throw new Error(`cannot run the Function ${RESERVED}: the name is that of Crossplane's own; rename it`);
    }
  }

  /**
   * What calls the functions of a Composition, by their names. One that nobody knows is left out.
   *
   * @throws Error for one that would have to be run in a container
   */
  async of({ pipeline }: Composition): Promise<Readonly<Record<string, FunctionCall>>> {
    const calls: [string, FunctionCall][] = [];
    for (const name of new Set(pipeline.map((step) => step.function))) {
      const call = await this.#call(name);
      if (call) calls.push([name, call]);
    }
    return Object.fromEntries(calls);
  }

  close(): void {
    for (const { close } of this.#dialed.values()) close();
    for (const started of this.#started.values()) started.then(({ close }) => close()).catch(() => {});
  }

  async #call(name: string): Promise<FunctionCall | undefined> {
    const { targets, manifests, functionOf } = this.#sources;
    const given = targets.get(name);
    if (given !== undefined) return this.#dial(name, given);
    if (manifests === undefined) {
      const fn = functionOf(name);
      if (!fn) return undefined;
      const { inProcess } = await import("../../render/in-process.js");
      return inProcess(fn, ({ stack }) => this.#io.stderr.write(`${stack}\n`));
    }
    const manifest = manifests.findLast((each) => each.name === name);
    if (manifest === undefined) return undefined;
    const target = targetOf(manifest);
    if (target !== undefined) return this.#dial(name, target);
    const source = packageOf(manifest);
    if (source !== undefined) return this.#dial(name, await this.#start(name, source));
    throw new Error(
      `cannot run the Function ${name}: it would need Docker; run it yourself and say where it listens, with --function ${name}=HOST:PORT or with the annotations render.crossplane.io/runtime: Development and render.crossplane.io/runtime-development-target: HOST:PORT; or have it run from its package, with the annotation render.trimtab.dev/package: FILE or REFERENCE`,
    );
  }

  /** Where the function of a package listens, which runs until the pool is closed. */
  async #start(name: string, source: string): Promise<string> {
    const { startPackage } = await import("./start-package.js");
    const started = this.#started.get(source) ?? startPackage(source, this.#deadline, this.#io);
    this.#started.set(source, started);
    try {
      return (await started).target;
    } catch (error) {
      throw new Error(`cannot run the Function ${name} from ${source}: ${reason(error)}`, { cause: error });
    }
  }

  async #dial(name: string, target: string): Promise<FunctionCall> {
    const { dial } = await import("../../render/dial.js");
    const dialed = this.#dialed.get(target) ?? dial(target, this.#deadline);
    this.#dialed.set(target, dialed);
    return async (request) => {
      try {
        return await dialed.call(request);
      } catch (error) {
        if (!isDeadline(error)) throw error;
        if (this.#sources.timeoutMs <= 0)
          throw new Error("there is no time to run it; raise --timeout", { cause: error });
        const waited = `${this.#sources.timeoutMs / 1000} s`;
        throw new TimedOut(
          `the Function ${name} at ${target} has not answered within ${waited} (--timeout); is it listening, without TLS?`,
        );
      }
    };
  }
}

/** gRPC's DEADLINE_EXCEEDED. */
function isDeadline(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === 4;
}
