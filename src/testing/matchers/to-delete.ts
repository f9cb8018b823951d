import { listed, nearest } from "../nearest.js";
import { matcher } from "./matcher.js";

/** Whether exactly these composition resource names are let go of, none if there are none; with `not`, any of them. */
export const toDelete = matcher(({ deleted, composed }, isNot, ...keys: readonly string[]) => {
  const missing = keys.filter((key) => !deleted.includes(key));
  const more = deleted.filter((key) => !keys.includes(key));
  const isExact = missing.length === 0 && more.length === 0;
  return {
    holds: isNot && keys.length > 0 ? missing.length < keys.length : isExact,
    says: () => {
      const there = deleted.length > 0 ? `it lets go of ${listed(deleted)}` : "it lets go of nothing";
      if (isNot)
        return `expected ${keys.length > 0 ? `${listed(keys)} to stay` : "something to be let go of"}; ${there}`;
      const wanted = keys.length > 0 ? `exactly ${listed(keys)}` : "nothing";
      const names = composed.map(({ key }) => key);
      const still = missing.filter((key) => names.includes(key));
      const unknown = missing.filter((key) => !names.includes(key));
      const why = [
        ...(still.length > 0 ? [`still desired is ${listed(still)}`] : []),
        ...unknown.map((key) => `${key} is neither desired nor let go of: ${nearest(key, [...names, ...deleted])}`),
      ];
      return [`expected ${wanted} to be let go of; ${there}`, ...why].join("; ");
    },
  };
});
