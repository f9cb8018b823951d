// How long it takes to simulate XBuckets until they are ready, all in one cluster, and how that grows.
//
//   npm run build && npm run bench:simulate [COUNT…]        default: 100 1000 10000
//
// Each count is simulated by a process of its own, so that its memory is its own.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const child = fileURLToPath(new URL("simulate-xbuckets.mjs", import.meta.url));
const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100, 1000, 10_000];

const runs = counts.map((count) => {
  const { stdout, status } = spawnSync(process.execPath, [child, String(count)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) process.exit(status ?? 1);
  return JSON.parse(stdout);
});

console.log("XBuckets  seconds  ms each  MB   KB each");
for (const { count, seconds, megabytes, base } of runs) {
  const each = ((megabytes - base) * 1024) / count;
  const cells = [
    count,
    seconds.toFixed(1),
    ((seconds * 1000) / count).toFixed(2),
    megabytes.toFixed(0),
    each.toFixed(0),
  ];
  console.log(cells.map((cell, index) => String(cell).padStart([8, 9, 9, 6, 8][index])).join(""));
}

const [first, last] = [runs[0], runs.at(-1)];
if (first && last && first !== last) {
  const growth = last.seconds / last.count / (first.seconds / first.count);
  console.log(`an XBucket among ${last.count} takes ${growth.toFixed(2)} times as long as one among ${first.count}`);
}
