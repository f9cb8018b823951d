import { dirname, resolve } from "node:path";
import { isDefinition } from "../../admission/index.js";
import { CONFIG_FILES, findConfig } from "../../project/find-config.js";
import { type LoadedProject } from "../../project/load-project.js";
import { readComposition } from "../../render/read-composition.js";
import { type FunctionCall } from "../../render/run-step.js";
import { nameOf } from "../../render/unstructured.js";
import { manifest } from "../../schema/index.js";
import { type Platform } from "../../simulate/input.js";
import { compositionManifest } from "../../synth/composition-manifest.js";
import { type JsonObject } from "../../wire/index.js";
import { type IO } from "../io.js";
import { definitionsIn } from "../render/check-composed.js";
import { readBefore } from "../render/diff.js";
import { FunctionPool } from "../render/function-pool.js";
import { loadComposition } from "../render/load-composition.js";
import { type FunctionManifest, loadFunctions } from "../render/load-functions.js";
import { loading } from "../render/loading.js";
import { isFolder } from "../render/manifest-file.js";
import { projectSources } from "../render/project-sources.js";
import { loadXRD } from "../render/rendering.js";
import { TimedOut } from "../timed-out.js";
import { type SimulateRequest } from "./request.js";

/** Loads the project that a folder is part of. Default: the one of the working directory. */
export type Load = (folder?: string) => Promise<LoadedProject>;

/** A platform, and what its functions run with. */
export interface LoadedPlatform {
  readonly platform: Platform;
  /** The project that it is from; undefined where it is from files alone. */
  readonly project: LoadedProject | undefined;
  /** Whether a function that listens elsewhere has not answered in time so far. */
  isLate(): boolean;
  close(): void;
}

export interface PlatformOptions {
  readonly io: IO;
  readonly request: Pick<SimulateRequest, "targets" | "timeoutMs" | "xrd" | "crds">;
  readonly load: Load;
}

/**
 * The platform of COMPOSITION, FUNCTIONS and the project. A Composition that is given takes the place of the project's for the
 * same kind; given all three arguments, a project changes nothing.
 *
 * @throws Error that names the file
 */
export async function loadPlatform(
  given: { readonly composition: string | undefined; readonly functions: string | undefined },
  { io, request, load }: PlatformOptions,
): Promise<LoadedPlatform> {
  const { cwd } = io;
  const hasProject = findConfig(cwd) !== undefined;
  const isFromProject = given.composition === undefined || (given.functions === undefined && hasProject);
  const project = isFromProject ? await load() : undefined;
  const own = project === undefined ? { compositions: [], xrds: [] } : manifestsOf(project);
  const compositions = given.composition === undefined ? [] : compositionOf(cwd, given.composition);
  const xrds = [
    ...(request.xrd === undefined ? [] : [loadXRD(cwd, request.xrd)]),
    ...definitionsAmong(cwd, request.crds, "CompositeResourceDefinition"),
  ];
  const manifests = given.functions === undefined ? undefined : loadFunctions(cwd, given.functions, []);
  if (manifests === undefined && project === undefined && request.targets.size === 0) {
    throw new Error("functions argument is required: there is no trimtab.config.ts to find them in; give FUNCTIONS");
  }
  return assembled(
    { compositions: over(own.compositions, compositions, composedKind), xrds: over(own.xrds, xrds, nameOf) },
    { manifests, project },
    { io, request },
  );
}

/**
 * The platform that a path holds, for a stage that upgrades to it: all of a project, where the path is a configuration or
 * its folder; or else Compositions, XRDs and Functions of YAML over those that there are.
 *
 * @throws Error that names the file
 */
export async function loadUpgrade(path: string, before: Platform, options: PlatformOptions): Promise<LoadedPlatform> {
  const { io, request, load } = options;
  const folder = projectFolder(resolve(io.cwd, path));
  if (folder !== undefined) {
    const project = await load(folder);
    return assembled(manifestsOf(project), { manifests: undefined, project }, { io, request });
  }
  const objects = loading("the upgrade", path, () => readBefore(io.cwd, path));
  const ofKind = (kind: string) => objects.filter((object) => object["kind"] === kind);
  const [compositions, xrds] = [ofKind("Composition"), ofKind("CompositeResourceDefinition")];
  const functions = ofKind("Function");
  if (compositions.length + xrds.length + functions.length === 0) {
    throw new Error(
      `cannot upgrade to ${path}: it is no folder of a trimtab.config.ts, and there is no Composition, XRD or Function in it`,
    );
  }
  const manifests = functions.map((object) => functionOf(object, folderOf(io.cwd, path)));
  const changed = await assembled({ compositions, xrds: [] }, { manifests, project: undefined }, { io, request });
  return {
    ...changed,
    platform: {
      compositions: over(before.compositions, compositions, nameOf),
      xrds: over(before.xrds, xrds, nameOf),
      functions: { ...before.functions, ...changed.platform.functions },
    },
  };
}

/** The CRDs or XRDs among the definitions of files and folders. */
export function definitionsAmong(cwd: string, paths: readonly string[], kind: string): readonly JsonObject[] {
  return paths
    .flatMap((path) => definitionsIn(cwd, path))
    .map(({ object }) => object as JsonObject)
    .filter((object) => isDefinition(object) && object["kind"] === kind);
}

/** What is named on the command line is a project where there is a configuration right there. */
function projectFolder(path: string): string | undefined {
  if (CONFIG_FILES.some((name) => path.endsWith(`/${name}`))) return dirname(path);
  const config = findConfig(path);
  return config !== undefined && dirname(config) === path ? path : undefined;
}

interface FunctionsFrom {
  readonly manifests: readonly FunctionManifest[] | undefined;
  readonly project: LoadedProject | undefined;
}

async function assembled(
  { compositions, xrds }: Pick<Platform, "compositions" | "xrds">,
  { manifests, project }: FunctionsFrom,
  { io, request: { targets, timeoutMs } }: Pick<PlatformOptions, "io" | "request">,
): Promise<LoadedPlatform> {
  const sources = project && projectSources(project);
  const functionOf = (name: string) => sources?.functionOf(name);
  const pool = new FunctionPool({ targets, manifests, functionOf, timeoutMs, usesContext: false }, toldOnce(io));
  let isLate = false;
  const noted = (call: FunctionCall): FunctionCall => {
    return async (request) => {
      try {
        return await call(request);
      } catch (error) {
        isLate ||= error instanceof TimedOut;
        throw error;
      }
    };
  };
  const functions: Record<string, FunctionCall> = {};
  for (const composition of compositions) {
    const calls = await pool.of(readComposition(composition));
    for (const [name, call] of Object.entries(calls)) functions[name] = noted(call);
  }
  return { platform: { compositions, xrds, functions }, project, isLate: () => isLate, close: () => pool.close() };
}

/** The stack of a bug is said once, and not at each of the reconciles that meet it. */
function toldOnce(io: IO): IO {
  const told = new Set<string>();
  const write = (text: string) => (told.has(text) ? undefined : told.add(text) && io.stderr.write(text));
  return { ...io, stderr: { write } };
}

function manifestsOf({ project }: LoadedProject): Pick<Platform, "compositions" | "xrds"> {
  return {
    compositions: project.compositions.map((props) => json(compositionManifest(props))),
    xrds: project.xrds.map((xrd) => json(manifest(xrd))),
  };
}

function compositionOf(cwd: string, file: string): readonly JsonObject[] {
  // What is wrong with it is said with file and line.
  loadComposition(cwd, file);
  return readBefore(cwd, file).slice(0, 1);
}

function composedKind(composition: JsonObject): string {
  const { apiVersion, kind } = readComposition(composition).compositeTypeRef;
  return `${apiVersion} ${kind}`;
}

/** What is given takes the place of what has the same key. */
function over(
  own: readonly JsonObject[],
  given: readonly JsonObject[],
  keyOf: (object: JsonObject) => string,
): readonly JsonObject[] {
  const keys = new Set(given.map(keyOf));
  return [...own.filter((object) => !keys.has(keyOf(object))), ...given];
}

function folderOf(cwd: string, path: string): string {
  return isFolder(cwd, path) ? resolve(cwd, path) : dirname(resolve(cwd, path));
}

/** @param folder where the path of its package would start */
function functionOf(object: JsonObject, folder: string): FunctionManifest {
  const { name, annotations } = object["metadata"] as { readonly name: string; readonly annotations?: object };
  return { name, annotations: { ...annotations }, folder };
}

/** What is left of an object on the way to YAML. */
function json(object: object): JsonObject {
  return JSON.parse(JSON.stringify(object)) as JsonObject;
}
