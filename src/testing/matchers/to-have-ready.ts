import { listed } from "../nearest.js";
import { matcher } from "./matcher.js";

/** Whether what is desired under these composition resource names is of use: all of it; with `not`, any of it. */
export const toHaveReady = matcher(({ ready, composed }, isNot, keys: string | readonly string[]) => {
  if (!ready) {
    throw new Error(
      "cannot tell what is ready: what render returns does not say it of each resource; use run or reconcile",
    );
  }
  const asked = [keys].flat();
  const isReady = (key: string) => ready.includes(key);
  return {
    holds: isNot ? asked.some(isReady) : asked.every(isReady),
    says: () => {
      const there = ready.length > 0 ? `ready is ${listed(ready)}` : "nothing is ready";
      if (isNot) return `expected ${listed(asked.filter(isReady))} not to be ready; ${there}`;
      const wrong = asked.filter((key) => !isReady(key));
      const absent = wrong.filter((key) => !composed.some((each) => each.key === key));
      const why = absent.length > 0 ? `; not even desired is ${listed(absent)}` : "";
      return `expected ${listed(wrong)} to be ready${why}; ${there}`;
    },
  };
});
