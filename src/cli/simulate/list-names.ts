import { grouped } from "../../simulate/timeline/grouped.js";

/**
 * Names in one list, in which those that begin alike are drawn together: `bucket, consumers/api/{policy, role}`. In the order
 * of their first ones.
 */
export function listNames(names: readonly string[]): readonly string[] {
  return [...grouped(new Set(names), (name) => name.split("/")[0] ?? "")].flatMap(([first, group]) => {
    const whole = group.filter((name) => name === first);
    const below = group.filter((name) => name !== first);
    const [only] = below;
    if (below.length <= 1) return [...whole, ...(only === undefined ? [] : [only])];
    const inner = listNames(below.map((name) => name.slice(first.length + 1)));
    const [single] = inner;
    return [...whole, inner.length === 1 ? `${first}/${single}` : `${first}/{${inner.join(", ")}}`];
  });
}
