import { type JsonObject, type JsonValue } from "../../../src/wire/index.js";
import { objectOf, type Scenario, type ScenarioStage } from "../../scenarios/scenario.js";

/** The namespace that scenarios are written for. */
const WRITTEN_FOR = "payments";

/** A stage of a scenario, its manifests read, in another namespace: scenarios run beside each other there. */
export interface RelocatedStage extends Omit<ScenarioStage, "apply" | "delete"> {
  readonly apply: readonly JsonObject[];
  readonly delete: NonNullable<ScenarioStage["delete"]>;
}

export function relocated({ stages }: Scenario, namespace: string): readonly RelocatedStage[] {
  const moved = (object: JsonObject) => move(object, namespace) as JsonObject;
  return stages.map(({ apply = [], delete: deleted = [], ...stage }) => ({
    ...stage,
    apply: apply.map((manifest) => moved(objectOf(manifest))),
    delete: deleted.map((each) => ({ ...each, object: moved(each.object) })),
  }));
}

function move(value: JsonValue | undefined, namespace: string): JsonValue {
  if (Array.isArray(value)) return value.map((item) => move(item, namespace));
  if (typeof value !== "object" || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).map(([field, below]) => [
      field,
      field === "namespace" && below === WRITTEN_FOR ? namespace : move(below, namespace),
    ]),
  );
}
