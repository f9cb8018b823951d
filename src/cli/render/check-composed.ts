import { type DefinitionSource, type Definitions, definitions, isDefinition } from "../../admission/index.js";
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
  const sources = paths
    .flatMap((path) => readStream(cwd, path))
    .map((manifest): DefinitionSource => {
      return { object: objectOf(manifest), from: manifest.file };
    });
  const known = definitions(sources.filter(({ object }) => isDefinition(object)));
  return (composed) => {
    const all = composed.map((object) => check(known, object, rules));
    return { problems: all.flatMap(({ problems }) => problems), unchecked: all.flatMap(({ unchecked }) => unchecked) };
  };
}

function check(known: Definitions, object: JsonObject, rules: RuleEvaluator): Checked {
  const { annotations = {}, name = "" } = (object["metadata"] ?? {}) as Metadata;
  const key = annotations["crossplane.io/composition-resource-name"];
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
