import { unwatchFile, watchFile } from "node:fs";
import { basename, dirname } from "node:path";
import { readFaults } from "../../../src/cli/simulate/read-faults.js";
import { type Fault } from "../../../src/simulate/fault.js";

export interface FaultListener {
  /** What goes wrong from now on. */
  tell(faults: readonly Fault[]): void;
  /** How many those are, or what is wrong with the file. */
  say(line: string): void;
}

/** Tells of the faults of a file, as `trimtab simulate --faults` reads it, whenever it is written; of none, once it is removed. */
export function followFaults(file: string, { tell, say }: FaultListener): () => void {
  const changed = (isThere: boolean) => {
    try {
      const faults = isThere ? readFaults(dirname(file), basename(file)) : [];
      tell(faults);
      say(`${faults.length} faults in ${basename(file)}`);
    } catch (error) {
      say((error as Error).message);
    }
  };
  watchFile(file, { interval: 300, persistent: false }, ({ mtimeMs }, before) => {
    if (mtimeMs !== before.mtimeMs) changed(mtimeMs !== 0);
  });
  return () => unwatchFile(file);
}
