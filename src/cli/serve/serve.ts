import { type AnyFn } from "../../function/index.js";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { UsageError } from "../usage-error.js";
import { SERVE_FLAGS } from "./flags.js";
import { serveOptions } from "./serve-options.js";

/** `trimtab serve [NAME]` */
export function serve(io: IO) {
  return command({
    name: "serve",
    description: "Serve a function of the project over gRPC, as Crossplane calls it.",
    args: {
      name: { type: "positional", required: false, description: "The function. May be left out where there is one." },
      ...SERVE_FLAGS,
    },
    async run(args) {
      const options = serveOptions(args, io);
      const [{ serveFunction }, { loadProject }] = await Promise.all([
        import("./serve-function.js"),
        import("../../project/load-project.js"),
      ]);
      const { project, file } = await loadProject(io.cwd);
      return serveFunction(choose(project.functions, args.name, file), options, io);
    },
  });
}

function choose(functions: readonly AnyFn[], name: string | undefined, file: string): AnyFn {
  const names = functions.map((fn) => fn.name).join(", ");
  if (name !== undefined) {
    const found = functions.find((fn) => fn.name === name);
    if (found === undefined) throw new Error(`cannot serve ${name}: ${file} has no such function; there are ${names}`);
    return found;
  }
  const [only, second] = functions;
  if (only === undefined) throw new Error(`cannot serve: ${file} has no function; list one in functions`);
  if (second !== undefined) throw new UsageError(`the argument NAME is missing; the functions are ${names}`);
  return only;
}
