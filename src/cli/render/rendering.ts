import { findConfig } from "../../project/find-config.js";
import { type LoadedProject } from "../../project/load-project.js";
import { type Composition } from "../../render/read-composition.js";
import { toStruct } from "../../render/to-struct.js";
import { type JsonObject } from "../../wire/index.js";
import { type IO } from "../io.js";
import { type Found, findXRs } from "./find-xrs.js";
import { FunctionPool } from "./function-pool.js";
import { loadComposition } from "./load-composition.js";
import { loadFunctions } from "./load-functions.js";
import { type Inputs, loadInputs } from "./load-inputs.js";
import { emptyManifest, isFolder, type Manifest, objectOf, readFirst } from "./manifest-file.js";
import { observedOf } from "./observed-of.js";
import { type RenderedXR, renderXR, type Sources } from "./render-xr.js";
import { type RenderRequest } from "./request.js";
import { checkFile, sortPositionals } from "./sort-positionals.js";

/** What became of one XR. */
export interface Outcome {
  /** Empty where the file is no YAML. */
  readonly manifest: Manifest;
  /** Whether there are others. */
  readonly isOneOfMany: boolean;
  /** Fields that the project's XRD drops, with file, line and column. */
  readonly warnings: readonly string[];
  readonly inputs: Inputs;
  /** Undefined where it could not be rendered. */
  readonly done: RenderedXR | undefined;
  /** Why not. */
  readonly error: unknown;
}

export interface Rendering {
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
export async function openRendering(
  request: RenderRequest,
  io: IO,
  load: () => Promise<LoadedProject>,
): Promise<Rendering> {
  const plan = await planOf(request, io, load);
  return { outcomes: () => renderAll(plan, request), close: () => plan.pool.close() };
}

/** What there is to render, and what with. */
interface Plan {
  readonly xrs: readonly Found[];
  readonly inputs: Inputs;
  readonly pool: FunctionPool;
  sources(manifest: Manifest): Sources;
  /** Whether an XR is shown all that is observed, whosever it is. */
  readonly isSingle: boolean;
}

async function planOf(request: RenderRequest, io: IO, load: () => Promise<LoadedProject>): Promise<Plan> {
  const { cwd } = io;
  const hasProject = findConfig(cwd) !== undefined;
  const { xrs, composition, functions } = sortPositionals(cwd, request.positionals, hasProject);
  if (request.xrd !== undefined) checkFile(cwd, request.xrd, "--xrd");
  const isSingle = xrs.length === 1 && !isFolder(cwd, xrs[0] ?? "");
  const single = isSingle ? [readFirst(cwd, xrs[0] ?? "")] : undefined;
  const given = composition === undefined ? undefined : loadComposition(cwd, composition);
  const isFromProject = given === undefined || (functions === undefined && hasProject);
  const project = isFromProject ? (await import("./project-sources.js")).projectSources(await load()) : undefined;
  const manifests = functions === undefined ? undefined : loadFunctions(cwd, functions, request.annotations);
  if (manifests === undefined && project === undefined && request.targets.size === 0) {
    throw new Error("functions argument is required: there is no trimtab.config.ts to find them in; give FUNCTIONS");
  }
  const xrd = request.xrd === undefined ? undefined : loadXRD(cwd, request.xrd);
  const inputs = loadInputs(cwd, request);
  const { targets, timeoutMs, context, contextFiles, contextValues } = request;
  const usesContext = context || contextFiles.size + contextValues.size > 0;
  const functionOf = (name: string) => project?.functionOf(name);
  const pool = new FunctionPool({ targets, manifests, functionOf, timeoutMs, usesContext }, io);
  const isXR = (object: ReturnType<typeof objectOf>) =>
    given ? isComposedBy(given, object) : project?.composes(object) === true;
  return {
    xrs: single ?? findXRs(cwd, xrs, isXR),
    inputs,
    pool,
    sources: (manifest) =>
      project && !given ? project.sourcesOf(objectOf(manifest), xrd) : { composition: given as Composition, xrd },
    isSingle,
  };
}

function isComposedBy({ compositeTypeRef: { apiVersion, kind } }: Composition, object: ReturnType<typeof objectOf>) {
  return object["apiVersion"] === apiVersion && object["kind"] === kind;
}

async function* renderAll(plan: Plan, request: RenderRequest): AsyncGenerator<Outcome> {
  const { xrs, inputs, isSingle } = plan;
  const isOneOfMany = xrs.length > 1;
  for (const found of xrs) {
    if ("error" in found) {
      const { file, error } = found;
      yield { manifest: emptyManifest(file), error, isOneOfMany, inputs, warnings: [], done: undefined };
      continue;
    }
    // Each of several is shown what it composes itself.
    const own = isSingle ? inputs : { ...inputs, observed: observedOf(objectOf(found), inputs.observed) };
    yield { manifest: found, isOneOfMany, inputs: own, ...(await renderOne(found, own, plan, request)) };
  }
}

async function renderOne(
  manifest: Manifest,
  inputs: Inputs,
  { sources, pool }: Plan,
  request: RenderRequest,
): Promise<Pick<Outcome, "done" | "error" | "warnings">> {
  const warnings: string[] = [];
  try {
    const done = await renderXR(manifest, sources(manifest), inputs, { pool, request, warnings });
    return { done, error: undefined, warnings };
  } catch (error) {
    return { done: undefined, error, warnings };
  }
}

/** The XRD of a file. @throws Error that names the file */
export function loadXRD(cwd: string, file: string): JsonObject {
  const value = toStruct(readFirst(cwd, file).document.value);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new Error(`cannot load XRD from ${file}: there is no object, with apiVersion and kind`);
}
