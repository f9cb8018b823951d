import { join } from "node:path";
import { parseArgs } from "node:util";
import { type IO } from "../../../src/cli/io.js";
import { NO_PROVIDER_CRDS, providerCRDs } from "../../support/provider-crds.js";
import { cacheFolder } from "../cache-folder.js";
import { type Cluster, startCluster } from "./cluster.js";
import { runCommand } from "./command.js";
import { holdFolder } from "./hold-folder.js";
import { missingPrograms } from "./missing-programs.js";
import { environmentOf, tour } from "./tour.js";

const HELP = `A real Crossplane on this machine with XBucket's packages, until Ctrl-C. AWS is a stand-in. See docs/cluster.md.

  npm run cluster [-- OPTION…]

  --exec COMMAND     run a command of bash's against it, and stop with its exit code
  --folder FOLDER    where logs, keys and data lie, emptied at the start (default: ~/.cache/trimtab/cluster)
`;

/** Keeps a control plane up. Returns the exit code. What a command prints stands alone on stdout. */
export async function run(argv: readonly string[], { stdout, stderr }: IO): Promise<number> {
  const ends = (code: number, text: string) => {
    stderr.write(text);
    return code;
  };
  const options = read(argv);
  if (options instanceof Error) return ends(2, `${options.message}\n\n${HELP}`);
  if (options.help) return ends(0, HELP);
  const { exec, folder = join(cacheFolder(), "cluster") } = options;
  const crds = providerCRDs();
  const lacking = [...missingPrograms(), ...(crds.length === 0 ? [NO_PROVIDER_CRDS] : [])];
  if (lacking.length > 0) return ends(1, `cannot start a cluster:\n${lacking.map((each) => `  ${each}\n`).join("")}`);
  if (!(await holdFolder(folder))) {
    return ends(1, `cannot start a cluster in ${folder}: one is up there; stop it, or say --folder FOLDER\n`);
  }
  const onSignal = signals();
  let cluster: Cluster;
  try {
    cluster = await startCluster({ folder, crds, say: (line) => stderr.write(`${line}\n`) });
  } catch (error) {
    return ends(1, `${explained(error)}\n`);
  }
  const signalled = new Promise<NodeJS.Signals>(onSignal);
  try {
    if (exec !== undefined) return await runCommand(exec, environmentOf(cluster), signalled);
    stdout.write(tour(cluster));
    await signalled;
    return 0;
  } finally {
    stderr.write("stopping\n");
    await cluster.stop();
  }
}

function read(argv: readonly string[]) {
  const options = { exec: { type: "string" }, folder: { type: "string" }, help: { type: "boolean" } } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    return error as Error;
  }
}

/**
 * Has a signal end this process at once: the kernel takes all of it away. What is returned has the next one heard instead, once.
 */
function signals(): (heard: (signal: NodeJS.Signals) => void) => void {
  const exit = () => process.exit(130);
  let act: (signal: NodeJS.Signals) => void = exit;
  let last = Number.NEGATIVE_INFINITY;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      const isAgain = performance.now() - last < AGAIN_MS;
      last = performance.now();
      if (!isAgain) act(signal);
    });
  }
  return (heard) => {
    act = (signal) => {
      act = exit;
      heard(signal);
    };
  };
}

/** A terminal sends Ctrl-C to npm too, which passes it on: it comes twice. */
const AGAIN_MS = 500;

/** What went wrong, with all that it came of. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${explained(error.cause)}`;
}
