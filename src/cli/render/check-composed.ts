import { type DefinitionSource, type Definitions, definitions, isDefinition } from "../../admission/index.js";
import { COMPOSITION_RESOURCE_NAME } from "../../render/unstructured.js";
import { type RuleEvaluator } from "../../schema/index.js";
import { type JsonObject } from "../../wire/index.js";
import { objectOf, readStream } from "./manifest-file.js";

/** What definitions say of what is composed. */
export interface Checked {
  readonly problems: readonly string[];
  readonly unchecked: readonly string[];
}

/** Checks objects as the API server would when they are created. */
export type Check = (composed: readonly JsonObject[]) => Checked;

/**
 * A check with the CRDs and XRDs of files and folders.
 *
 * @throws Error for one that cannot be used, with its file
 */
export function checkWith(cwd: string, paths: readonly string[], rules: RuleEvaluator): Check {
  const known = definitions(paths.flatMap((path) => definitionsIn(cwd, path)));
  return (composed) => {
    const all = composed.map((object) => check(known, object, rules));
    return { problems: all.flatMap(({ problems }) => problems), unchecked: all.flatMap(({ unchecked }) => unchecked) };
  };
}

/** The CRDs and XRDs of a file or folder. @throws Error where there is none */
export function definitionsIn(cwd: string, path: string): readonly DefinitionSource[] {
  const sources = readStream(cwd, path).flatMap((manifest) =>
    itemsOf(objectOf(manifest)).map((object): DefinitionSource => ({ object, from: manifest.file })),
  );
  const found = sources.filter(({ object }) => isDefinition(object));
  if (found.length > 0) return found;
  throw new Error(`cannot check with ${path}: there is neither a CRD nor an XRD in it`);
}

/** The objects of a list, as `kubectl get --output yaml` prints several. */
function itemsOf(object: ReturnType<typeof objectOf>): readonly object[] {
  const { kind, items } = object;
  if (!String(kind).endsWith("List") || !Array.isArray(items)) return [object];
  return items.filter((item: unknown): item is object => typeof item === "object" && item !== null);
}

function check(known: Definitions, object: JsonObject, rules: RuleEvaluator): Checked {
  const { annotations = {}, name = "" } = (object["metadata"] ?? {}) as Metadata;
  const key = annotations[COMPOSITION_RESOURCE_NAME];
  const named = `${String(object["kind"])} ${name}${key ? ` (${key})` : ""}`;
  const admission = known.admit(object, { rules });
  if (!admission) return { problems: [], unchecked: [`${named}: no CRD is given for it`] };
  const pruned = admission.pruned.map((path) => ({ path, message: "is not in the CRD" }));
  return {
    problems: [...admission.problems, ...pruned].map(({ path, message }) => `${named}: ${path} ${message}`),
    unchecked: admission.unchecked.map(({ path, message }) => `${named}: ${path} ${message}`),
  };
}

interface Metadata {
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}
