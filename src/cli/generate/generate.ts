import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { readDefinitions } from "./read-definitions.js";

/** `trimtab generate FILE… --out DIR` */
export function generate(io: IO) {
  return command({
    name: "generate",
    description: "Write TypeScript models of the kinds that CustomResourceDefinitions define.",
    args: {
      "file…": { type: "positional", description: "YAML files of CustomResourceDefinitions, or folders of them." },
      out: { type: "string", required: true, valueHint: "folder", description: "Where to write, a file an API group." },
      docs: { type: "boolean", description: "Keep the descriptions, as doc comments." },
    },
    async run({ _: paths, out, docs }) {
      const { generateModels } = await import("../../codegen/index.js");
      const read = readDefinitions(io.cwd, paths);
      const nameOf = (crd: object) => read.get(crd);
      const models = generateModels([...read.keys()], { docs: docs === true, nameOf });
      const folder = resolve(io.cwd, out);
      mkdirSync(folder, { recursive: true });
      for (const [file, text] of models) {
        writeFileSync(join(folder, file), text);
        io.stdout.write(`${join(out, file)}\n`);
      }
      return 0;
    },
  });
}
