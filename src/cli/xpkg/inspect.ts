import { reason } from "../../runtime/reason.js";
import { inspect as inspectImages } from "../../xpkg/inspect.js";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { openPackage } from "./open-package.js";
import { inspectionText } from "./print-inspection.js";

/** `trimtab xpkg inspect FILE|REFERENCE` */
export function inspect(io: IO) {
  return command({
    name: "inspect",
    description: "Say what a package is, what is in it, and what runs.",
    args: {
      package: {
        type: "positional",
        required: true,
        description: "A file, a folder with an OCI layout, or a reference in a registry.",
      },
      output: { type: "enum", alias: "o", options: ["text", "json"], default: "text", description: "How to print it." },
    },
    async run({ package: source, output }) {
      const images = await openPackage(source, io);
      const found = await inspecting(source, () => inspectImages(images));
      io.stdout.write(output === "json" ? `${JSON.stringify(found, undefined, 2)}\n` : inspectionText(found));
      return 0;
    },
  });
}

async function inspecting<T>(source: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new Error(`cannot inspect ${source}: ${reason(error)}`, { cause: error });
  }
}
