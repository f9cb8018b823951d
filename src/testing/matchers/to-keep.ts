import { listed, nearest } from "../nearest.js";
import { matcher } from "./matcher.js";

/**
 * Whether a resource that exists keeps its last applied intent, since it waits or is declared no more. What `render` and
 * `simulate` return does not tell that from the rest: there, whether it is desired and not let go of.
 */
export const toKeep = matcher((view, isNot, key: string) => {
  const { kept, composed, deleted } = view;
  const names = composed.map((each) => each.key);
  return {
    holds: kept ? kept.includes(key) : names.includes(key) && !deleted.includes(key),
    says: () => {
      if (isNot) return `expected ${key} not to be kept as it was, and it is`;
      if (deleted.includes(key)) return `expected ${key} to be kept, and it is let go of`;
      if (!names.includes(key)) return `expected ${key} to be kept, and it is not desired; ${nearest(key, names)}`;
      const there = kept && kept.length > 0 ? `kept is ${listed(kept)}` : "nothing is kept";
      return `expected ${key} to be kept as it was, and it is desired anew; ${there}`;
    },
  };
});
