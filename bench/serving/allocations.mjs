import { fileURLToPath } from "node:url";
import { echo } from "./contenders.mjs";
import { median, ratio } from "./numbers.mjs";
import { grouped, said, table } from "./report.mjs";
import { start } from "./server.mjs";

/** The bytes that servers of Node allocate on V8's heap for a request. What lies beside it, such as buffers, is not counted. */
export async function allocations({ load, all, sent, keep, effort }, { name, composition, request }) {
  const { ours, sdk } = all[composition];
  const of = (contender) => allocated(load, contender, { files: sent[request].files, rounds: effort.heapRounds });
  const measured = { ours: await of(ours), sdk: await of(sdk) };
  const floor = echo(keep("allocations.response", measured.ours.response));
  if (effort.isWhole) measured.echo = await of(floor);
  const times = ratio(measured.sdk.bytes, measured.ours.bytes);
  const rows = Object.entries(measured).map(([server, { bytes }]) => [server, grouped(median(bytes))]);
  return {
    text: `${table(`allocated on the heap, ${name}`, ["bytes a request"], rows)}\nagainst the SDK: ${said(times)} fewer`,
    ratios: { [`${name}: bytes allocated a request against the SDK`]: times },
  };
}

async function allocated(load, contender, { files, rounds }) {
  const server = await start(contender, { nodeFlags: ["--require", tap] });
  try {
    const response = await load.call(server, files[0]);
    const run = (calls) => load.run(server, { files, bytes: response.length, inFlight: 10, calls });
    // Until V8 has optimised what there is to optimise.
    await run(WARM);
    const bytes = [];
    for (let round = 0; round < rounds; round++) {
      await server.ask("begin");
      await run(CALLS);
      bytes.push((await server.ask("end")).allocated / CALLS);
    }
    return { bytes, response };
  } finally {
    await server.stop();
  }
}

const WARM = 2000;
const CALLS = 300;
const tap = fileURLToPath(new URL("heap-tap.cjs", import.meta.url));
