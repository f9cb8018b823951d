import { statSync } from "node:fs";

/** When a file was last written, and how large it is; empty where there is none. Whoever reads it takes the stamp first. */
export function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs}/${stats.size}` : "";
}
