import { type Trail } from "./trail.js";

/**
 * Refuses a message above a limit.
 *
 * @param advice what would make it smaller, if anybody knows; asked only where it is needed
 */
export function refuseOversized(trail: Trail, size: number, maxBytes: number, advice?: () => string): void {
  if (size <= maxBytes) return;
  throw trail.error(`it has ${size} bytes, above the limit of ${maxBytes} (maxBytes)${advice?.() ?? ""}`);
}
