import { leaves } from "./leaving.js";
import { type Arrow } from "./tree.js";

/**
 * Make before break: goes, but only once what replaces it is there. Crossplane itself deletes before it applies.
 *
 * @param replaced waits for the replacement: `({ observed, need }) => need(observed.next.ready, "the next one")`
 */
export function goneOnce<Root>(replaced: Arrow<unknown, Root>): Arrow<never, Root> {
  return leaves<Arrow<never, Root>>((sight) => {
    replaced(sight);
    return null as never;
  });
}
