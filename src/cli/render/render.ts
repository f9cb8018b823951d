import { command } from "../command.js";
import { type IO } from "../io.js";
import { FLAGS, WITHOUT_EFFECT } from "./flags.js";
import { readRequest } from "./request.js";

/** `trimtab render XR [COMPOSITION] [FUNCTIONS]` */
export function render(io: IO) {
  const args = {
    "xr…": {
      type: "positional",
      required: false,
      description:
        "XRs: files, or folders of them; then the file of the Composition, and a file or folder of Functions. These two may be left out in a project.",
    },
    ...FLAGS,
    ...WITHOUT_EFFECT,
  } as const;
  return command({
    name: "render",
    description: "Do one reconcile of an XR in memory, and print what Crossplane would apply.",
    args,
    async run(given, raw) {
      const request = readRequest(given, raw, FLAGS);
      const { renderOnce } = await import("./render-once.js");
      if (!request.watch) return renderOnce(request, io);
      const { watch, pathsOf } = await import("./watch.js");
      const { debug } = request;
      return watch(
        {
          done: "rendered",
          debug,
          paths: () => pathsOf(request, io.cwd),
          run: (load) => renderOnce(request, io, load),
        },
        io,
      );
    },
  });
}
