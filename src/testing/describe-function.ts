import { describe, test } from "vitest";
import { type ContractOptions, contract } from "./contract/contract.js";
import { type Asked, type Callable } from "./requests-of.js";

/**
 * Puts a function under the contract of composition functions: a test for each rule.
 *
 * @param asked situations in which it composes all that it can
 */
export function describeFunction(
  name: string,
  callable: Callable,
  asked: readonly Asked[],
  options: ContractOptions = {},
): void {
  describe(name, () => {
    for (const { name: rule, check } of contract(callable, asked, options)) test(rule, check);
  });
}
