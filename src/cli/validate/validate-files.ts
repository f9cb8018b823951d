import { type DefinitionSource, type Definitions, definitions, isDefinition } from "../../admission/index.js";
import { celRules } from "../../schema/cel-rules.js";
import { manifest } from "../../schema/index.js";
import { type Document, readDefinitions, readObjects, type Unreadable } from "./documents.js";
import { type Finding, type Report, type Result, summarize } from "./report.js";
import { stepsOf } from "./steps.js";

interface ValidateOptions {
  /** Files and folders of what is to be validated. */
  readonly files: readonly string[];
  /** Files and folders of further XRDs and CRDs. */
  readonly crds: readonly string[];
  /** Paths begin here, and the project is looked for from here on upwards. */
  readonly cwd: string;
}

/**
 * Validates the objects in files against the XRDs and CRDs among them; for kinds that these do not define, against those
 * of `crds`; and for those still undefined, against those of the project, which is loaded for them alone.
 *
 * @throws Error for a file that cannot be read, and a definition that cannot be used
 */
export async function validateFiles({ crds, cwd, files }: ValidateOptions): Promise<Report> {
  const documents = readObjects(cwd, files);
  const own = documents.flatMap((document) => ("problem" in document ? [] : sourceOf(document)));
  const further = furtherSources(cwd, crds);
  const given = definitions(own, definitions(further));
  // Loading a project takes time, and may fail.
  const known = documents.some((document) => isUndefined(document, given))
    ? definitions(own, definitions(further, definitions(await projectSources(cwd))))
    : given;
  const objects = documents.flatMap((document) => resultOf(document, known) ?? []);
  return { summary: summarize(objects, documents.length - objects.length), objects };
}

/** Whether a document is an object of a kind that nothing defines. */
function isUndefined(document: Document | Unreadable, given: Definitions): boolean {
  if ("problem" in document) return false;
  const { value } = document;
  return !notAnObject(value) && !isDefinition(value) && given.crdOf(value) === undefined;
}

function sourceOf({ file, value }: Document): readonly DefinitionSource[] {
  return isDefinition(value) ? [{ object: value, from: file }] : [];
}

function furtherSources(cwd: string, paths: readonly string[]): readonly DefinitionSource[] {
  return paths.flatMap((path) => {
    const sources = readDefinitions(cwd, [path]).flatMap(sourceOf);
    if (sources.length > 0) return sources;
    throw new Error(
      `cannot validate against ${path}: no CustomResourceDefinition or CompositeResourceDefinition is in it`,
    );
  });
}

async function projectSources(cwd: string): Promise<readonly DefinitionSource[]> {
  const { findConfig } = await import("../../project/find-config.js");
  if (findConfig(cwd) === undefined) return [];
  const { loadProject } = await import("../../project/load-project.js");
  const { file, project } = await loadProject(cwd);
  return project.xrds.map((xrd) => ({ object: manifest(xrd), from: file }));
}

/** Undefined for a definition, which is used rather than validated where nothing defines its own kind. */
function resultOf(document: Document | Unreadable, known: Definitions): Result | undefined {
  if ("problem" in document) return unreadable(document);
  const { file, position, value } = document;
  const at = (path: string) => position(stepsOf(value, path));
  const findings = (all: readonly { readonly path: string; readonly message: string }[]): readonly Finding[] =>
    all.map(({ message, path }) => ({ path, message, ...at(path) }));
  const head = { file, ...at("."), ...headOf(value), isDefined: true };
  const strange = notAnObject(value);
  if (strange) return { ...head, outcome: "refused", problems: findings([strange]), warnings: [], unchecked: [] };
  const admission = known.admit(value, { namespace: "default", rules: celRules });
  if (!admission) {
    if (isDefinition(value)) return undefined;
    const unchecked = findings([{ path: ".", message: `no definition of ${head.kind} in ${head.apiVersion}` }]);
    return { ...head, isDefined: false, outcome: "unchecked", problems: [], warnings: [], unchecked };
  }
  const { problems, pruned, unchecked } = admission;
  const whole = unchecked.length > 0 ? "unchecked" : "valid";
  return {
    ...head,
    outcome: problems.length > 0 ? "refused" : whole,
    problems: findings(problems),
    warnings: findings(pruned.map((path) => ({ path, message: droppedBecause(path) }))),
    unchecked: findings(unchecked),
  };
}

function unreadable({ column, file, line, problem }: Unreadable): Result {
  const finding = { path: ".", message: `cannot be read: ${problem}`, line, column };
  const head = { file, line, column, apiVersion: "", kind: "", name: "", isDefined: true };
  return { ...head, outcome: "refused", problems: [finding], warnings: [], unchecked: [] };
}

function headOf(value: unknown): Pick<Result, "apiVersion" | "kind" | "name" | "namespace"> {
  const { apiVersion, kind, metadata } = record(value);
  const { generateName, name, namespace } = record(metadata);
  return {
    apiVersion: text(apiVersion),
    kind: text(kind),
    ...(text(namespace) && { namespace: text(namespace) }),
    name: text(name) || (text(generateName) && `${text(generateName)}*`),
  };
}

/** What kubectl needs to see of an object before it asks the API server. */
function notAnObject(value: unknown): { readonly path: string; readonly message: string } | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { path: ".", message: "must be an object, with apiVersion and kind" };
  }
  const missing = ["apiVersion", "kind"].find((key) => text(record(value)[key]) === "");
  return missing === undefined ? undefined : { path: missing, message: "is required, and must be a string" };
}

function droppedBecause(path: string): string {
  if (path === "metadata.namespace") return "is dropped: the kind is cluster-scoped";
  return "is dropped: its schema does not know it";
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
