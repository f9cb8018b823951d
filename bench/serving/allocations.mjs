import { fileURLToPath } from "node:url";
import { echo } from "./contenders.mjs";
import { ratio } from "./numbers.mjs";
import { grouped, said, table } from "./report.mjs";
import { start } from "./server.mjs";

/** The bytes that servers of Node allocate on V8's heap for a request. What lies beside it, such as buffers, is not counted. */
export async function allocations({ load, all, sent, keep, effort }) {
  const lines = {};
  const ratios = {};
  for (const [name, composition] of Object.entries({ eight: "eight", XBucket: "xbucket" })) {
    const { ours, sdk } = all[composition];
    const of = (contender) =>
      allocated(load, contender, { request: sent[composition].file, rounds: effort.heapRounds });
    const each = { ours: await of(ours), sdk: await of(sdk) };
    ratios[`${name}: bytes allocated a request against the SDK`] = ratio(each.sdk.bytes, each.ours.bytes);
    for (const [server, { bytes }] of Object.entries(each)) lines[`${name}, ${server}`] = bytes;
    if (composition !== "eight") continue;
    lines.echo = (await of(echo(keep("allocations.response", each.ours.response)))).bytes;
  }
  const rows = Object.entries(lines).map(([name, bytes]) => [
    name,
    grouped(bytes.toSorted((a, b) => a - b)[bytes.length >> 1]),
  ]);
  return {
    text: [
      table("allocated on the heap", ["bytes a request"], rows),
      ...Object.entries(ratios).map(([name, times]) => `${name}: ${said(times)} less`),
    ].join("\n"),
    ratios,
  };
}

async function allocated(load, contender, { request, rounds }) {
  const server = await start(contender, { nodeFlags: ["--require", tap] });
  try {
    const response = await load.call(server, request);
    const run = (calls) => load.run(server, { request, bytes: response.length, inFlight: 10, calls });
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
const CALLS = 500;
const tap = fileURLToPath(new URL("heap-tap.cjs", import.meta.url));
