import { basename } from "node:path";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { loadPeer } from "../load-peer.js";
import { apply, changes } from "./changes.js";

/** `trimtab synth` */
export function synth(io: IO) {
  return command({
    name: "synth",
    description: "Write the YAML of the project's XRDs, Compositions and packages.",
    args: {
      check: { type: "boolean", description: "Write nothing; exit with 1 if a file is not what it would be." },
    },
    async run({ check }) {
      const { synthesize } = await loadPeer("synthesise", "cdk8s constructs", () => import("../../synth/index.js"));
      const { loadProject } = await import("../../project/load-project.js");
      const { project, root, file } = await loadProject(io.cwd);
      const found = changes(root, synthesize(project, { source: basename(file) }));
      if (check !== true) {
        apply(root, found);
        for (const { path, kind } of found) io.stdout.write(`${kind} ${path}\n`);
        return 0;
      }
      for (const { path, kind } of found) io.stdout.write(`${DRIFT[kind]} ${path}\n`);
      if (found.length === 0) return 0;
      throw new Error(`cannot confirm the generated files: ${found.length} drifted; run trimtab synth`);
    },
  });
}

/** What is the matter with a file that would change so. */
const DRIFT = { created: "missing", changed: "drifted", removed: "left over" } as const;
