import { type AnyFn } from "../../function/index.js";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { UsageError } from "../usage-error.js";
import { SERVE_FLAGS } from "./flags.js";
import { serveOptions } from "./serve-options.js";

/** `trimtab serve [NAME…]` */
export function serve(io: IO) {
  return command({
    name: "serve",
    description: "Serve functions of the project over gRPC, as Crossplane calls them.",
    args: {
      "name…": {
        type: "positional",
        required: false,
        description: "The function; may be left out where there is one. Several listen at ports one after the other.",
      },
      all: { type: "boolean", description: "Serve all functions of the project." },
      ...SERVE_FLAGS,
    },
    async run(args) {
      const options = serveOptions(args, io);
      const [{ serveFunctions }, { loadProject }] = await Promise.all([
        import("./serve-functions.js"),
        import("../../project/load-project.js"),
      ]);
      const { project, file } = await loadProject(io.cwd);
      const isAll = args.all === true;
      return serveFunctions(chosen(project.functions, { names: args._, isAll, file }), options, io);
    },
  });
}

interface Choice {
  readonly names: readonly string[];
  readonly isAll: boolean;
  /** Says which functions there are. */
  readonly file: string;
}

function chosen(functions: readonly AnyFn[], { names, isAll, file }: Choice): readonly AnyFn[] {
  const known = functions.map((fn) => fn.name).join(", ");
  if (functions.length === 0) throw new Error(`cannot serve: ${file} has no function; list one in functions`);
  if (isAll && names.length > 0) throw new UsageError(`--all serves all functions; leave ${names.join(", ")} out`);
  if (isAll) return functions;
  if (names.length === 0 && functions.length > 1) {
    throw new UsageError(`the argument NAME is missing; the functions are ${known}, and --all serves them all`);
  }
  if (names.length === 0) return functions;
  return [...new Set(names)].map((name) => {
    const found = functions.find((fn) => fn.name === name);
    if (found === undefined) throw new Error(`cannot serve ${name}: ${file} has no such function; there are ${known}`);
    return found;
  });
}
