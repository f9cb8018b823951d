import { type LoadedProject } from "../../project/load-project.js";
import { type IO } from "../io.js";
import { UsageError } from "../usage-error.js";
import { type Check } from "./check-composed.js";
import { emptyManifest } from "./manifest-file.js";
import { type Outcome, openRendering, type Rendering } from "./rendering.js";
import { type RenderRequest } from "./request.js";
import { writeReport } from "./write-report.js";

/**
 * Renders what is asked for, says how it went, and returns the exit code.
 *
 * @param load loads the project, where one is needed
 */
export async function renderOnce(
  request: RenderRequest,
  io: IO,
  load: () => Promise<LoadedProject> = () => projectOf(io.cwd),
): Promise<number> {
  const rendering = await openRendering(request, io, load).catch((error: unknown) => failed(error, request));
  try {
    const before =
      request.diff === undefined ? undefined : (await import("./diff.js")).readBefore(io.cwd, request.diff);
    const check = await checkOf(request, io);
    return await writeReport(rendering.outcomes(), { request, check, before }, io);
  } finally {
    rendering.close();
  }
}

/** A report says why nothing could be rendered; where none is wished for, the error does. */
function failed(error: unknown, { output, positionals }: RenderRequest): Rendering {
  if (output === "yaml" || error instanceof UsageError) throw error;
  const manifest = emptyManifest(positionals[0] ?? "");
  const inputs = { observed: [], required: [], credentials: [], openapi: [], context: {} };
  const outcome: Outcome = { manifest, inputs, isOneOfMany: false, warnings: [], done: undefined, error };
  return {
    async *outcomes() {
      yield outcome;
    },
    close: () => {},
  };
}

async function projectOf(folder: string): Promise<LoadedProject> {
  const { loadProject } = await import("../../project/load-project.js");
  return loadProject(folder);
}

/** What is checked where no CRDs are given. */
const UNCHECKED: Check = () => ({ problems: [], unchecked: [] });

async function checkOf({ crds }: RenderRequest, { cwd }: IO): Promise<Check> {
  if (crds.length === 0) return UNCHECKED;
  const [{ checkWith }, { celRules }] = await Promise.all([
    import("./check-composed.js"),
    import("../../schema/cel-rules.js"),
  ]);
  return checkWith(cwd, crds, celRules);
}
