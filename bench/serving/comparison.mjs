import { agree } from "./agree.mjs";
import { echo } from "./contenders.mjs";
import { lessThan, median, ratio } from "./numbers.mjs";
import { grouped, said, table } from "./report.mjs";
import { start } from "./server.mjs";

/**
 * Loads the servers of a composition, case by case: requests, and how many calls are in flight. They have to give the same
 * responses first. In a whole run there is an echo of the same sizes beside them.
 */
export async function* comparison({ load, all, sent, keep, effort }, composition, cases) {
  const servers = [];
  const started = async (contender) => {
    servers.push(await start(contender));
    return servers.at(-1);
  };
  try {
    const real = [];
    for (const contender of Object.values(all[composition])) real.push(await started(contender));
    const known = {};
    for (const { name, request, inFlight } of cases) {
      known[request] ??= await agreed(request);
      const { among, bytes } = known[request];
      const options = { files: sent[request].files, bytes, inFlight };
      await inTurns(load, among, { ...options, rounds: 1, ms: effort.warmMs });
      const measured = await inTurns(load, among, { ...options, rounds: effort.rounds, ms: effort.ms });
      const sizes = `${kilobytes(sent[request].bytes)} in, ${kilobytes(bytes.ours)} out`;
      yield told(`${name}, ${inFlight} in flight`, measured, sizes);
    }

    async function agreed(request) {
      const responses = await agree(load, real, sent[request]);
      const floor = effort.isWhole ? [await started(echo(keep(`${request}.response`, responses.ours)))] : [];
      const lengths = Object.entries({ ...responses, echo: responses.ours }).map(([name, { length }]) => [
        name,
        length,
      ]);
      return { among: [...real, ...floor], bytes: Object.fromEntries(lengths) };
    }
  } finally {
    for (const server of servers) await server.stop();
  }
}

/**
 * One server after the other, round by round (A B C D A B C D …), so that whatever else the machine does meets all alike. For
 * each name and figure what each round measured, as `load` says it.
 */
async function inTurns(load, servers, { files, inFlight, bytes, rounds, ms }) {
  const measured = Object.fromEntries(servers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const server of servers) {
      measured[server.name].push(await load.run(server, { files, inFlight, bytes: bytes[server.name], ms }));
    }
  }
  const figures = ["rate", "p50", "p99", "cpu", "busy"];
  return Object.fromEntries(
    Object.entries(measured).map(([name, rounds]) => [
      name,
      Object.fromEntries(figures.map((figure) => [figure, rounds.map((round) => round[figure])])),
    ]),
  );
}

function told(title, { ours, ...others }, sizes) {
  const columns = ["requests/s", "p50 ms", "p99 ms", "CPU µs a request", "caller busy"];
  const rows = Object.entries({ ours, ...others }).map(([server, of]) => [
    server,
    grouped(median(of.rate)),
    ...[of.p50, of.p99].map((values) => median(values).toFixed(2)),
    grouped(median(of.cpu)),
    `${(median(of.busy) * 100).toFixed(0)} %`,
  ]);
  const lines = [];
  const ratios = {};
  for (const [server, label] of Object.entries({ sdk: "the SDK", go: "Go" })) {
    const other = others[server];
    if (other === undefined) continue;
    const against = {
      "requests/s": ratio(ours.rate, other.rate),
      "CPU a request": lessThan(ours.cpu, other.cpu),
      p50: lessThan(ours.p50, other.p50),
      p99: lessThan(ours.p99, other.p99),
    };
    for (const [figure, times] of Object.entries(against)) ratios[`${title}: ${figure} against ${label}`] = times;
    lines.push(
      `against ${label}: ${Object.entries(against)
        .map(([figure, times]) => `${figure} ${said(times)}`)
        .join(", ")}`,
    );
  }
  return { text: [table(`${title} (${sizes})`, columns, rows), ...lines].join("\n"), ratios };
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
