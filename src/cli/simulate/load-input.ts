import { findConfig } from "../../project/find-config.js";
import { readComposition } from "../../render/read-composition.js";
import { type Fault } from "../../simulate/fault.js";
import { type Platform, type SimulateInput, type Stage } from "../../simulate/input.js";
import { type JsonObject } from "../../wire/index.js";
import { type IO } from "../io.js";
import { readBefore } from "../render/diff.js";
import { loadInputs } from "../render/load-inputs.js";
import { loading } from "../render/loading.js";
import { checkFile, sortPositionals } from "../render/sort-positionals.js";
import { UsageError } from "../usage-error.js";
import { identityOf, loadManifests } from "./load-manifests.js";
import { definitionsAmong, type Load, type LoadedPlatform, loadPlatform, loadUpgrade } from "./platform.js";
import { readFaults } from "./read-faults.js";
import { type SimulateRequest } from "./request.js";
import { functionsIn } from "./unstruck.js";

/** What a command line asks to simulate. */
export interface LoadedInput {
  readonly input: SimulateInput;
  /** Whether a function that listens elsewhere has not answered in time so far. */
  isLate(): boolean;
  close(): void;
}

/**
 * Reads all that a command line names.
 *
 * @throws Error that names the file; UsageError where the command line itself is wrong
 */
export async function loadInput(request: SimulateRequest, io: IO, load: Load): Promise<LoadedInput> {
  const { cwd } = io;
  const { xrs, ...given } = sortPositionals(cwd, request.positionals, findConfig(cwd) !== undefined);
  if (request.xrd !== undefined) checkFile(cwd, request.xrd, "--xrd");
  const faults = request.faults === undefined ? undefined : readFaults(cwd, request.faults);
  const options = { io, request, load };
  const platforms = [await loadPlatform(given, options)];
  const close = () => {
    for (const platform of platforms) platform.close();
  };
  try {
    const { platform } = platforms[0] as LoadedPlatform;
    const first = await loadManifests(cwd, xrs, platform);
    if (first.composites.length === 0) {
      throw new Error(`cannot find an XR in ${xrs.join(", ")}: no Composition at hand composes what is there`);
    }
    checkFunctions(platform, first.composites);
    const begun: Story = { platform, applied: first.objects, stages: [] };
    const beginning = { title: `apply ${xrs.join(", ")}`, apply: first.objects, ...(faults && { faults }) };
    const story = await further(begun, beginning, { request, options, platforms });
    checkNames(request, faults ?? [], functionsIn([platform, ...platforms.map((each) => each.platform)]));
    // Of a kind that two versions of a project describe, what is described first lives.
    const standIns = platforms.toReversed().flatMap(({ project }) => project?.project.standIns ?? []);
    const crds = definitionsAmong(cwd, request.crds, "CustomResourceDefinition");
    const { openapi, credentials } = surroundings(cwd, request);
    const objects = [...objectsOf(cwd, request), ...credentials];
    const stages = story.stages.map((stage, index): Stage => {
      const isLast = index === story.stages.length - 1;
      const after = index > 0 ? { after: CALM_MS } : {};
      return { ...stage, ...after, limit: request.limit, ...(isLast && { until: request.until }) };
    });
    return {
      input: { platform, stages, objects, crds, openapi, standIns },
      isLate: () => platforms.some((each) => each.isLate()),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** @throws Error for a function that no step calls: what is said of it would be of no effect, and nobody would know */
function checkNames({ targets, faults: file }: SimulateRequest, faults: readonly Fault[], names: ReadonlySet<string>) {
  const known = `no step of a Composition calls it; there are ${[...names].toSorted().join(", ")}`;
  const target = [...targets.keys()].find((name) => !names.has(name));
  if (target !== undefined) throw new UsageError(`--function has ${JSON.stringify(target)}, and ${known}`);
  faults.forEach((fault, index) => {
    if (!("function" in fault) || names.has(fault.function)) return;
    throw new Error(`cannot read faults: ${file}: [${index}].function is ${JSON.stringify(fault.function)}; ${known}`);
  });
}

/** @throws Error where a Composition of what is applied calls a function that is not there: it would be tried for ever */
function checkFunctions({ compositions, functions }: Platform, applied: readonly JsonObject[]): void {
  const kinds = new Set(applied.map(({ apiVersion, kind }) => `${String(apiVersion)} ${String(kind)}`));
  for (const manifest of compositions) {
    const { compositeTypeRef: type, name, pipeline } = readComposition(manifest);
    if (!kinds.has(`${type.apiVersion} ${type.kind}`)) continue;
    const missing = pipeline.find((step) => !Object.hasOwn(functions, step.function));
    if (!missing) continue;
    throw new Error(
      `cannot simulate ${type.kind}: step ${missing.step} of the Composition ${name} calls the function ${missing.function}, which is not there; name it in FUNCTIONS, or say --function ${missing.function}=host:port`,
    );
  }
}

/** How long after a stage the next one begins: until Crossplane tells XRs of every change again. */
const CALM_MS = 600_000;

/** How far the stages go already, and what there is then. */
interface Story {
  readonly platform: Platform;
  /** What somebody has applied, and not deleted. */
  readonly applied: readonly JsonObject[];
  readonly stages: readonly Stage[];
}

interface Around {
  readonly request: SimulateRequest;
  readonly options: Parameters<typeof loadUpgrade>[2];
  /** Takes each platform that was loaded, to be closed. */
  readonly platforms: LoadedPlatform[];
}

async function further(begun: Story, beginning: Stage, around: Around): Promise<Story> {
  let story: Story = { ...begun, stages: [beginning] };
  for (const later of around.request.later) {
    if (later.does === "delete") story = deleted(story, later.propagation);
    else if (later.does === "apply") story = await applied(story, later.path, around);
    else story = await upgraded(story, later.path, around);
  }
  return story;
}

function deleted(story: Story, propagation: "Background" | "Foreground"): Story {
  const title = propagation === "Foreground" ? "delete in the foreground" : "delete";
  // Who deletes a file's objects deletes them in the order in which they stand there.
  const stage = { title, delete: story.applied.map((object) => ({ object, propagation })) };
  return { ...story, applied: [], stages: [...story.stages, stage] };
}

async function applied(story: Story, path: string, { options }: Around): Promise<Story> {
  const { objects } = await loadManifests(options.io.cwd, [path], story.platform);
  if (objects.length === 0) throw new Error(`cannot apply ${path}: there is no object in it`);
  const keys = new Set(objects.map(identityOf));
  return {
    ...story,
    applied: [...story.applied.filter((object) => !keys.has(identityOf(object))), ...objects],
    stages: [...story.stages, { title: `apply ${path}`, apply: objects }],
  };
}

async function upgraded(story: Story, path: string, { options, platforms }: Around): Promise<Story> {
  const loaded = await loadUpgrade(path, story.platform, options);
  platforms.push(loaded);
  const { platform } = loaded;
  return { ...story, platform, stages: [...story.stages, { title: `upgrade to ${path}`, upgrade: platform }] };
}

function objectsOf(cwd: string, { observed, required }: SimulateRequest): readonly JsonObject[] {
  const read = (what: string, path: string) => loading(what, path, () => readBefore(cwd, path));
  return [
    ...(observed === undefined ? [] : read("observed resources", observed)),
    ...required.flatMap((path) => read("required resources", path)),
  ];
}

function surroundings(cwd: string, { credentials, schemas }: SimulateRequest) {
  const none = { required: [], extra: [], observed: undefined, contextFiles: new Map(), contextValues: new Map() };
  const inputs = loadInputs(cwd, { ...none, credentials, schemas });
  // A document of credentials need not say that it is a Secret.
  return { ...inputs, credentials: inputs.credentials.map((each) => ({ ...each, apiVersion: "v1", kind: "Secret" })) };
}
