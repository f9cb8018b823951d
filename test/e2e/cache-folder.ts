import { homedir } from "node:os";
import { join } from "node:path";

/** Where tests keep what is costly to make, as test/tools/build.sh does: TRIMTAB_CACHE, or ~/.cache/trimtab. */
export function cacheFolder(): string {
  const { TRIMTAB_CACHE, XDG_CACHE_HOME } = process.env;
  return TRIMTAB_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "trimtab");
}
