import { type SimulateInput } from "../../simulate/input.js";
import { type Simulation } from "../../simulate/simulation.js";
import { type Happening } from "../../simulate/timeline/happening.js";
import { type IO } from "../io.js";
import { printable } from "../render/printable.js";
import { loadInput } from "./load-input.js";
import { type Load } from "./platform.js";
import { printed } from "./printed.js";
import { Progress } from "./progress.js";
import { type SimulateRequest } from "./request.js";
import { storyOf } from "./story.js";
import { unstruck } from "./unstruck.js";

/** What simulates; see `simulate` of the room simulate. */
export type Simulate = (
  input: SimulateInput,
  options: { readonly onHappening: (happening: Happening) => void },
) => Promise<Simulation>;

/**
 * Simulates what is asked for, prints how it went, and returns the exit code: 0 where each stage reached what it waited for,
 * no upgrade deletes or recreates anything, and every XR is ready, or gone where it was deleted; 255 where that is not so, and
 * a function that listens elsewhere did not answer in time.
 *
 * @param load loads the project, where one is needed. Default: as its files are now
 * @param simulate Default: the real one
 */
export async function simulateOnce(
  request: SimulateRequest,
  io: IO,
  load: Load = projectOf(io.cwd),
  simulate: Simulate = realOne,
): Promise<number> {
  const { input, isLate, close } = await loadInput(request, io, load);
  const titles = input.stages.map(({ title = "" }) => title);
  const progress = new Progress(titles, { io, isQuiet: request.quiet, isTold: request.output !== "text" });
  try {
    const simulation = await simulate(input, { onHappening: (happening) => progress.hear(happening) });
    progress.end();
    const story = storyOf(simulation, input);
    if (!request.quiet) {
      for (const warning of unstruck(input, simulation)) io.stderr.write(`warning: ${printable(warning)}\n`);
    }
    const isColored = io.stdout.isTTY === true && io.env["NO_COLOR"] === undefined;
    io.stdout.write(await printed(story, request.output, isColored));
    if (story.isPassed) return 0;
    return isLate() ? 255 : 1;
  } finally {
    progress.end();
    close();
  }
}

function projectOf(cwd: string): Load {
  return async (folder = cwd) => {
    const { loadProject } = await import("../../project/load-project.js");
    return loadProject(folder);
  };
}

const realOne: Simulate = async (input, options) => {
  const { simulate } = await import("../../simulate/simulate.js");
  return simulate(input, options);
};
