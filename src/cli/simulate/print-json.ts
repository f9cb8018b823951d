import { type Story } from "./story.js";

/**
 * A {@link Story} as JSON. Times are milliseconds of the simulated clock since it began. Fields are added to it, and never
 * change.
 */
export function printJSON({ isPassed, stages, composites, timeline, objects, cloud }: Story): string {
  const report = {
    passed: isPassed,
    stages: stages.map(({ upgrade, ...stage }) => ({ ...stage, ...(upgrade && { upgrade }) })),
    composites: composites.map(({ object, wanted, state, took, why }) => ({ object, wanted, state, took, why })),
    timeline,
    cloud,
    objects,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
