import { allocations } from "./allocations.mjs";
import { coldStarts } from "./cold-start.mjs";
import { comparison } from "./comparison.mjs";
import { many } from "./many.mjs";
import { memory } from "./memory.mjs";

/**
 * All that is measured, one after the other: of each a text for people, and ratios by name, which say how many times better ours is.
 *
 * @param run.load what calls servers
 * @param run.all the servers, by composition
 * @param run.sent the requests, by name
 * @param run.keep puts bytes into a file, whose path it gives
 * @param run.effort how often and how long each is measured, and whether all of it is
 */
export async function* measures(run) {
  const { inFlight, isWhole } = run.effort;
  yield* comparison(run, "eight", [
    ...inFlight.map((each) => ({ name: "eight", request: "eight", inFlight: each })),
    { name: "50 resources desired upstream", request: "upstream", inFlight: 10 },
    ...(isWhole ? [{ name: "a large request", request: "large", inFlight: 10 }] : []),
  ]);
  const xbucket = (each) => ({ name: "XBucket", request: "xbucket", inFlight: each });
  yield* comparison(run, "xbucket", isWhole ? [xbucket(10), xbucket(50)] : [xbucket(10)]);
  yield await many(run);
  yield await allocations(run, { name: "eight", composition: "eight", request: "eight" });
  if (isWhole) yield await allocations(run, { name: "XBucket", composition: "xbucket", request: "xbucket" });
  yield await coldStarts(run, { name: "eight", composition: "eight", request: "eight" });
  if (!isWhole) return;
  yield await coldStarts(run, { name: "XBucket", composition: "xbucket", request: "xbucket" });
  yield await memory(run);
}
