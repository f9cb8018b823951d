import { agree } from "./agree.mjs";
import { median } from "./numbers.mjs";
import { table } from "./report.mjs";
import { start } from "./server.mjs";

/**
 * A thousand and ten thousand resources composed in one call, one call at a time: from the request to the whole response. The SDK
 * is given them one by one, and all at once.
 */
export async function many({ load, all, sent, effort }) {
  const servers = {};
  try {
    for (const [name, contender] of Object.entries(all.many)) servers[name] = await start(contender);
    const { ours, sdk, atOnce } = servers;
    const of = async (server, request, calls) => {
      const bytes = (await load.call(server, sent[request].file)).length;
      const options = { request: sent[request].file, inFlight: 1, bytes };
      await load.run(server, { ...options, calls: Math.ceil(calls / 2) });
      const rounds = [];
      for (let round = 0; round < 3; round++) rounds.push((await load.run(server, { ...options, calls })).p50);
      return median(rounds);
    };
    await agree(load, [ours, sdk, atOnce], sent.thousand);
    await agree(load, [ours, atOnce], sent.tenThousand);
    const { manyCalls: calls } = effort;
    const ms = {
      ours: [await of(ours, "thousand", calls * 5), await of(ours, "tenThousand", calls)],
      "SDK, all at once": [await of(atOnce, "thousand", calls), await of(atOnce, "tenThousand", 3)],
      "SDK, one by one": [await of(sdk, "thousand", 1)],
    };
    const cells = ([thousand, tenThousand]) => [thousand.toFixed(1), tenThousand?.toFixed(1) ?? "not measured"];
    const rows = Object.entries(ms).map(([name, each]) => [name, ...cells(each)]);
    const only = (times) => ({ times, least: times, most: times });
    const [thousand, tenThousand] = ms.ours;
    return {
      text: table("resources composed, milliseconds a call", ["1,000", "10,000"], rows),
      ratios: {
        "1,000 resources: against 10 ms": only(10 / thousand),
        "1,000 resources: against a tenth of 10,000": only(tenThousand === 0 ? 0 : (thousand * 10) / tenThousand),
        "1,000 resources: against the SDK": only(ms["SDK, one by one"][0] / thousand),
      },
    };
  } finally {
    for (const server of Object.values(servers)) await server.stop();
  }
}
