import { checkDeterminism, type DeterminismOptions } from "../determinism/check-determinism.js";
import { type ContractCheck } from "./contract.js";
import { type Subject } from "./subject.js";

export function deterministic({ callable, asked }: Subject, options: DeterminismOptions): ContractCheck {
  return {
    name: "answers the same request with the same",
    source:
      "Crossplane, FunctionComposer, which calls until requirements are stable; run_function.proto, RequestMeta.tag",
    check: async () => {
      for (const each of asked) await checkDeterminism(callable, each, options);
    },
  };
}
