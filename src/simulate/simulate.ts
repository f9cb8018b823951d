import { celRules } from "../schema/cel-rules.js";
import { type SimulateInput, type SimulateOptions } from "./input.js";
import { runStage } from "./run-stage.js";
import { type Simulation, type StageEnd } from "./simulation.js";
import { World } from "./world.js";

/**
 * Reconcile after reconcile, as Crossplane, Kubernetes and a provider do it, in memory and on a clock of its own: an hour
 * takes milliseconds. The same input takes the same course each time, if its functions do likewise.
 *
 * What goes wrong in the simulated cluster is told by the timeline and the objects.
 *
 * @throws Error where a stage applies what would not be admitted, deletes what is not there, or the platform cannot be used
 */
export async function simulate(input: SimulateInput, options: SimulateOptions = {}): Promise<Simulation> {
  const world = new World(input, celRules, options);
  const stages: StageEnd[] = [];
  for (const [index, stage] of input.stages.entries()) {
    options.onStage?.(index);
    stages.push(await runStage(world, stage, index));
  }
  return world.end(stages);
}
