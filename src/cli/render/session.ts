import { findConfig } from "../../project/find-config.js";
import { type LoadedProject } from "../../project/load-project.js";
import { toStruct } from "../../render/to-struct.js";
import { type JsonObject } from "../../wire/index.js";
import { type IO } from "../io.js";
import { findXRs } from "./find-xrs.js";
import { FunctionPool } from "./function-pool.js";
import { loadComposition } from "./load-composition.js";
import { loadFunctions } from "./load-functions.js";
import { type Inputs, loadInputs } from "./load-inputs.js";
import { isFolder, type Manifest, objectOf, readFirst } from "./manifest-file.js";
import { observedOf } from "./observed-of.js";
import { type RenderedXR, renderXR, type Sources } from "./render-xr.js";
import { type RenderRequest } from "./request.js";
import { checkFile, sortPositionals } from "./sort-positionals.js";

/** What became of one XR. */
export interface Outcome {
  readonly manifest: Manifest;
  readonly inputs: Inputs;
  /** Undefined where it could not be rendered. */
  readonly done: RenderedXR | undefined;
  /** Why not. */
  readonly error: unknown;
}

export interface Session {
  /** Renders one XR after the other. */
  outcomes(): AsyncIterable<Outcome>;
  close(): void;
}

/**
 * Reads all that a command line names.
 *
 * @param load loads the project, where one is needed
 * @throws Error that names the file; UsageError where the command line itself is wrong
 */
export async function openSession(
  request: RenderRequest,
  io: IO,
  load: () => Promise<LoadedProject>,
): Promise<Session> {
  const { cwd } = io;
  const hasProject = findConfig(cwd) !== undefined;
  const { xrs, composition, functions } = sortPositionals(cwd, request.positionals, hasProject);
  if (request.xrd !== undefined) checkFile(cwd, request.xrd, "--xrd");
  const isSingle = xrs.length === 1 && !isFolder(cwd, xrs[0] ?? "");
  const single = isSingle ? [readFirst(cwd, xrs[0] ?? "")] : undefined;
  const given = composition === undefined ? undefined : loadComposition(cwd, composition);
  const isFromProject = composition === undefined || (functions === undefined && hasProject);
  const project = isFromProject ? (await import("./project-sources.js")).projectSources(await load(), io) : undefined;
  const manifests = functions === undefined ? undefined : loadFunctions(cwd, functions, request.annotations);
  if (manifests === undefined && project === undefined && request.targets.size === 0) {
    throw new Error("functions argument is required: there is no trimtab.config.ts to find them in; give FUNCTIONS");
  }
  const xrd = request.xrd === undefined ? undefined : loadXRD(cwd, request.xrd);
  const inputs = loadInputs(cwd, request);
  const pool = new FunctionPool(
    {
      targets: request.targets,
      manifests,
      functionOf: (name) => project?.functionOf(name),
      timeoutMs: request.timeoutMs,
      usesContext: request.context || request.contextFiles.size + request.contextValues.size > 0,
    },
    io,
  );
  const isXR = (object: ReturnType<typeof objectOf>) =>
    given
      ? given.compositeTypeRef.kind === object["kind"] && given.compositeTypeRef.apiVersion === object["apiVersion"]
      : project?.composes(object) === true;
  const all = single ?? findXRs(cwd, xrs, isXR);
  const sources = (manifest: Manifest): Sources => {
    if (given) return { composition: given, xrd };
    if (!project) throw new Error("cannot find the project");
    return project.sourcesOf(objectOf(manifest), xrd);
  };
  return {
    async *outcomes() {
      for (const manifest of all)
        yield await outcome(manifest, sources, inputsOf(inputs, manifest, !isSingle), pool, request);
    },
    close: () => pool.close(),
  };
}

async function outcome(
  manifest: Manifest,
  sources: (manifest: Manifest) => Sources,
  inputs: Inputs,
  pool: FunctionPool,
  request: RenderRequest,
): Promise<Outcome> {
  try {
    const done = await renderXR(manifest, sources(manifest), inputs, pool, request);
    return { manifest, inputs, done, error: undefined };
  } catch (error) {
    return { manifest, inputs, done: undefined, error };
  }
}

/** Where several XRs are rendered, each is shown what it composes itself. */
function inputsOf(inputs: Inputs, manifest: Manifest, isOneOfMany: boolean): Inputs {
  return isOneOfMany ? { ...inputs, observed: observedOf(objectOf(manifest), inputs.observed) } : inputs;
}

function loadXRD(cwd: string, file: string): JsonObject {
  const value = toStruct(readFirst(cwd, file).document.value);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new Error(`cannot load XRD from ${file}: there is no object, with apiVersion and kind`);
}
