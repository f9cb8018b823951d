import { command } from "../command.js";
import { type IO } from "../io.js";
import { FLAGS } from "./flags.js";
import { readRequest } from "./request.js";

/** `trimtab simulate XR [COMPOSITION] [FUNCTIONS]` */
export function simulate(io: IO) {
  const args = {
    "xr…": {
      type: "positional",
      required: false,
      description:
        "XRs, claims and whatever else to apply: files, or folders of which the XRs and claims are applied; then the file of the Composition, and a file or folder of Functions. These two may be left out in a project.",
    },
    ...FLAGS,
  } as const;
  return command({
    name: "simulate",
    description: "Reconcile XRs in memory against a stand-in cloud until nothing happens any more, and show what does.",
    args,
    async run(given, raw) {
      const request = readRequest(given, raw);
      const { simulateOnce } = await import("./simulate-once.js");
      if (!request.watch) return simulateOnce(request, io);
      const [{ watch }, { pathsOf }] = await Promise.all([import("../render/watch.js"), import("./paths-of.js")]);
      return watch(
        {
          done: "simulated",
          debug: request.debug,
          paths: () => pathsOf(request, io.cwd),
          run: (load) => simulateOnce(request, io, load),
        },
        io,
      );
    },
  });
}
