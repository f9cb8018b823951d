import { valueAt } from "../../render/unstructured.js";
import { type ManagementPolicy } from "../../resource/managed.js";
import { type JsonObject } from "../../wire/index.js";

/** What the managed reconciler may do, as pkg/reconciler/managed/policies.go of crossplane-runtime v2 has it. */
export interface ManagementPolicies {
  /** Whether it may do nothing at all. */
  readonly isPaused: boolean;
  readonly onlyObserves: boolean;
  /** What is wrong with them; undefined if nothing is. */
  readonly problem: string | undefined;
  allows(action: Exclude<ManagementPolicy, "*">): boolean;
}

export function managementPoliciesOf(object: JsonObject): ManagementPolicies {
  const given = valueAt(object, ["spec", "managementPolicies"]) ?? ["*"];
  const policies = Array.isArray(given) ? [...new Set(given.map(String))] : ["*"];
  const isSupported = SUPPORTED.has([...policies].sort().join());
  return {
    isPaused: policies.length === 0,
    onlyObserves: policies.length === 1 && policies[0] === "Observe",
    problem: isSupported
      ? undefined
      : `\`spec.managementPolicies\` is set to a value([${policies.join(" ")}]) which is not supported. Check docs for supported policies`,
    allows: (action) => policies.includes("*") || policies.includes(action),
  };
}

/** Besides Observe, which each of them has. */
const BESIDE: readonly (readonly ManagementPolicy[])[] = [
  [],
  ["Create", "Update", "LateInitialize", "Delete"],
  ["Create", "Update", "Delete"],
  ["Create", "Update", "LateInitialize"],
  ["Create", "Update"],
  ["Create", "Delete", "LateInitialize"],
  ["Create", "LateInitialize"],
  ["Create", "Delete"],
  ["Create"],
  ["Delete"],
  ["Update"],
  ["LateInitialize"],
  ["Update", "LateInitialize"],
];

const SUPPORTED = new Set(["*", "", ...BESIDE.map((beside) => ["Observe", ...beside].sort().join())]);
