import { agree } from "./agree.mjs";
import { median, ratio } from "./numbers.mjs";
import { table } from "./report.mjs";
import { start } from "./server.mjs";

/**
 * A thousand and ten thousand resources composed in one call, one call at a time, from the request to the whole response. The
 * SDK's helper is given them one by one, and all at once.
 */
export async function many({ load, all, sent, effort }) {
  const servers = [];
  try {
    for (const contender of Object.values(all.many)) servers.push(await start(contender));
    const [ours, oneByOne, atOnce] = servers;
    const lengths = {
      thousand: (await agree(load, servers, sent.thousand)).ours.length,
      tenThousand: (await agree(load, [ours, atOnce], sent.tenThousand)).ours.length,
    };
    const of = async (server, request, calls) => {
      const options = { files: sent[request].files, inFlight: 1, bytes: lengths[request], calls };
      return (await load.run(server, options)).p50;
    };
    const { manyCalls: calls } = effort;
    await of(ours, "thousand", calls * 10);
    const ms = { thousand: [], tenThousand: [], atOnce: [], tenThousandAtOnce: [] };
    for (let round = 0; round < 5; round++) {
      ms.thousand.push(await of(ours, "thousand", calls * 4));
      ms.tenThousand.push(await of(ours, "tenThousand", calls));
      ms.atOnce.push(await of(atOnce, "thousand", calls));
      ms.tenThousandAtOnce.push(await of(atOnce, "tenThousand", 1));
    }
    ms.oneByOne = [await of(oneByOne, "thousand", 1)];
    return told(ms);
  } finally {
    for (const server of servers) await server.stop();
  }
}

function told({ thousand, tenThousand, atOnce, tenThousandAtOnce, oneByOne }) {
  const cell = (each) => median(each).toFixed(1);
  const tenth = tenThousand.map((each) => each / 10);
  const limit = thousand.map(() => 10);
  return {
    text: table(
      "resources composed, milliseconds a call",
      ["1,000", "10,000"],
      [
        ["ours", cell(thousand), cell(tenThousand)],
        ["SDK, all at once", cell(atOnce), cell(tenThousandAtOnce)],
        ["SDK, one by one", cell(oneByOne), "not measured"],
      ],
    ),
    ratios: {
      "1,000 resources: against 10 ms": ratio(limit, thousand),
      "1,000 resources: against a tenth of 10,000": ratio(thousand, tenth),
      "1,000 resources: against the SDK, all at once": ratio(atOnce, thousand),
      "1,000 resources: against the SDK, one by one": ratio(oneByOne, [median(thousand)]),
    },
  };
}
