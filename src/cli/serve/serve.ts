import { type AnyFn } from "../../function/index.js";
import { command } from "../command.js";
import { type IO } from "../io.js";
import { UsageError } from "../usage-error.js";
import { credentialsOf } from "./credentials-of.js";

/** `trimtab serve [NAME]` */
export function serve(io: IO) {
  return command({
    name: "serve",
    description: "Serve a function of the project over gRPC, as Crossplane calls it.",
    args: {
      name: { type: "positional", required: false, description: "The function. May be left out where there is one." },
      address: { type: "string", valueHint: "host:port", default: "0.0.0.0:9443", description: "Where to listen." },
      "tls-server-certs-dir": {
        type: "string",
        valueHint: "folder",
        description: "The folder of tls.crt, tls.key and ca.crt. Default: the environment's TLS_SERVER_CERTS_DIR.",
      },
      insecure: { type: "boolean", description: "Serve plain text to everybody: for development." },
      "max-recv-message-size": {
        type: "string",
        valueHint: "MiB",
        default: "64",
        description: "The size above which requests are refused.",
      },
    },
    async run(args) {
      const maxReceiveBytes = mebibytes(args["max-recv-message-size"]);
      const folder = args["tls-server-certs-dir"] ?? io.env["TLS_SERVER_CERTS_DIR"];
      const credentials = credentialsOf({ isInsecure: args.insecure === true, folder });
      const [{ runner, serve }, { logger, shutdown }, { loadProject }] = await Promise.all([
        import("../../serve/index.js"),
        import("../../runtime/index.js"),
        import("../../project/load-project.js"),
      ]);
      const { project, file } = await loadProject(io.cwd);
      const fn = choose(project.functions, args.name, file);
      const log = logger({ level: args.debug === true ? "debug" : "info", name: fn.name, to: lines(io) });
      const serving = await serve({
        runner: runner(fn, { logger: log }),
        name: fn.name,
        address: args.address,
        credentials,
        logger: log,
        maxReceiveBytes,
      });
      log.info({ address: serving.address, tls: credentials.kind === "tls" }, "serving");
      await shutdown(io.signals, {
        close: serving.close,
        onSignal: (signal) => log.info({ signal }, "shutting down"),
      });
      log.info("stopped");
      return 0;
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

function mebibytes(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text)) {
    throw new UsageError(`--max-recv-message-size ${JSON.stringify(text)} is not a whole number of MiB from 1 to 9999`);
  }
  return Number(text) * 1024 * 1024;
}

function lines({ stderr }: IO) {
  return { write: (line: string) => void stderr.write(line) };
}
