import { echo } from "./contenders.mjs";
import { median, ratio } from "./numbers.mjs";
import { said, table } from "./report.mjs";
import { start } from "./server.mjs";

/** From the spawn of a server to its first answer, in turns. Each has to answer with as many bytes. */
export async function coldStarts({ load, all, sent, keep, effort }, { name, composition, request }) {
  const [file] = sent[request].files;
  // The first is not timed: files have yet to be read from the disk.
  const { response } = await first(load, all[composition].ours, file);
  const contenders = [...Object.values(all[composition]), echo(keep("cold.response", response))];
  const ms = Object.fromEntries(contenders.map((contender) => [contender.name, []]));
  for (let round = 0; round < effort.starts; round++) {
    for (const contender of contenders) {
      const { took, response: own } = await first(load, contender, file);
      if (own.length !== response.length)
        throw new Error(`cannot compare: ${contender.name} answers ${name} differently`);
      ms[contender.name].push(took);
    }
  }
  const times = ratio(ms.sdk, ms.ours);
  const rows = Object.entries(ms).map(([server, each]) => [
    server,
    median(each).toFixed(0),
    Math.min(...each).toFixed(0),
  ]);
  return {
    text: `${table(`cold start, ${name}`, ["ms", "at least"], rows)}\nagainst the SDK: ${said(times)}`,
    ratios: { [`${name}: cold start against the SDK`]: times },
  };
}

async function first(load, contender, file) {
  const began = performance.now();
  const server = await start(contender);
  try {
    const response = await load.call(server, file);
    return { response, took: performance.now() - began };
  } finally {
    await server.stop();
  }
}
