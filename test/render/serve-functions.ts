import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Document, parseAllDocuments } from "yaml";
import { repository } from "../support/repository.js";
import { freePort } from "../tools/port.js";
import { type RunningProcess, startProcess } from "../tools/process.js";
import { serveForeign } from "./foreign/serve-foreign.js";

export interface ServedFunctions {
  /** The Functions, each with the address that it is served at: to be given to render. */
  readonly file: string;
  stop(): Promise<void>;
}

/**
 * Serves every Function in a file, each by a `trimtab serve` of its own, and waits until all of them listen. The CLI is
 * the one in dist/. For a function of somebody else there is a stand-in.
 */
export async function serveFunctions(functionsFile: string): Promise<ServedFunctions> {
  const functions = parseAllDocuments(await readFile(functionsFile, "utf8")) as Document[];
  const folder = await mkdtemp(join(tmpdir(), "trimtab-functions-"));
  const started: Pick<RunningProcess, "stop">[] = [];
  const stop = async () => {
    await Promise.all(started.map((running) => running.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(
      functions.map(async (document) => {
        // A Function is named after its repository: acme-function-bucket runs the project's function bucket.
        const name = String(document.getIn(["metadata", "name"])).replace(/^.*\bfunction-/, "");
        const foreign = await serveForeign(name);
        if (foreign) {
          started.push({ stop: async () => void (await foreign.close(0)) });
          annotate(document, foreign.address);
          return;
        }
        const port = await freePort();
        const serve = startProcess(process.execPath, serveCommand(name, port), {
          log: join(folder, `${name}.log`),
          cwd: repository,
        });
        started.push(serve);
        annotate(document, `127.0.0.1:${port}`);
        await serve.until(`function ${name} to listen`, () => isListening(port));
      }),
    );
    const file = join(folder, "functions.yaml");
    await writeFile(file, functions.map(String).join(""));
    return { file, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serveCommand(name: string, port: number): readonly string[] {
  return [join(repository, "dist/cli/main.js"), "serve", "--insecure", "--address", `127.0.0.1:${port}`, name];
}

function annotate(document: Document, target: string): void {
  document.setIn(["metadata", "annotations", "render.crossplane.io/runtime"], "Development");
  document.setIn(["metadata", "annotations", "render.crossplane.io/runtime-development-target"], target);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}
