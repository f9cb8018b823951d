import { createHash } from "node:crypto";

/** Makes uids that come out the same in each simulation. */
export function uids(): () => string {
  let count = 0;
  return () => {
    const hex = createHash("sha256").update(`simulated ${count++}`).digest("hex");
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join("-");
  };
}
