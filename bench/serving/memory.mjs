import { ratio } from "./numbers.mjs";
import { memoryOf } from "./process-figures.mjs";
import { grouped, table } from "./report.mjs";
import { start } from "./server.mjs";

/** The memory of servers: as they idle, and as they go on to answer. */
export async function memory({ load, all, sent, effort }) {
  const { memoryCalls: calls } = effort;
  const rows = {};
  for (const [name, contender] of Object.entries(all.eight)) {
    rows[name] = await held(load, contender, { files: sent.eight.files, calls });
  }
  const columns = ["after 1", `after ${grouped(calls / 10)}`, `after ${grouped(calls)}`, "at most"];
  const cells = Object.entries(rows).map(([name, each]) => [name, ...each.map((mebibytes) => mebibytes.toFixed(0))]);
  return {
    text: table("memory in MiB, 10 in flight, after so many requests", columns, cells),
    ratios: {
      [`eight: memory after ${grouped(calls)} requests against the SDK`]: ratio([rows.sdk[2]], [rows.ours[2]]),
    },
  };
}

async function held(load, contender, { files, calls }) {
  const server = await start(contender);
  try {
    const bytes = (await load.call(server, files[0])).length;
    const early = calls / 10;
    const first = memoryOf(server.pid).now;
    await load.run(server, { files, bytes, inFlight: 10, calls: early });
    const then = memoryOf(server.pid).now;
    await load.run(server, { files, bytes, inFlight: 10, calls: calls - early });
    const { now, most } = memoryOf(server.pid);
    return [first, then, now, most];
  } finally {
    await server.stop();
  }
}
