import { type Scalar } from "yaml";
import { goFloat32 } from "./go-float.js";
import { type Resolved, TIMESTAMP } from "./resolve-plain.js";
import { scalarText } from "./scalar.js";

/**
 * The key that sigs.k8s.io/yaml makes of a scalar, since JSON has no keys but strings: an integer in decimal digits, a
 * float as the nearest float32 is written.
 *
 * @returns undefined for what it refuses: null, and integers beyond int64
 */
export function keyText(node: Scalar, resolved: Resolved): string | undefined {
  if (resolved === TIMESTAMP) return scalarText(node);
  if (resolved === null) return undefined;
  if (typeof resolved === "number") return goFloat32(resolved);
  if (typeof resolved === "bigint" && resolved >= 2n ** 63n) return undefined;
  return String(resolved);
}
