/**
 * What has to be reached: `whole` in a whole run, and `quick` in a quick one, with room for the noise of a machine that others
 * use too. All are ratios, and the more the better; `says` is for the line that sums up.
 */
export const GATES = [
  gate("eight, 10 in flight: requests/s against the SDK", "{} the SDK's requests/s at 10 in flight", [3, 2.4]),
  gate("eight, 50 in flight: requests/s against the SDK", "{} at 50", [3, 2.4]),
  gate(
    "50 resources desired upstream, 10 in flight: requests/s against the SDK",
    "{} with 50 desired upstream",
    [5, 3.5],
  ),
  gate("XBucket, 10 in flight: requests/s against the SDK", "XBucket {} at 10", [2, 1.6]),
  gate("XBucket, 50 in flight: requests/s against the SDK", "{} at 50", [2, 1.6]),
  gate("eight, 10 in flight: p99 against the SDK", "p99 {} lower", [1.5, 1.1]),
  gate("eight: bytes allocated a request against the SDK", "bytes allocated {} fewer", [12, 11]),
  gate("eight: cold start against the SDK", "cold start {} sooner", [1.5, 1.2]),
  gate("eight, 10 in flight: CPU a request against Go", "CPU a request {} less than Go", [1, 0.9]),
  gate("1,000 resources: against 10 ms", "1,000 resources {} faster than in 10 ms", [1]),
  gate("1,000 resources: against a tenth of 10,000", "a thousand cost {} a tenth of ten thousand", [0.67, 0.5]),
];

function gate(name, says, [whole, quick]) {
  return { name, says, whole, quick };
}

/** The gates that a run has missed, each in words; those of what was not measured are left out. */
export function missed(ratios, kind) {
  return GATES.flatMap(({ name, [kind]: least }) => {
    const times = ratios[name]?.times;
    if (times === undefined || least === undefined || times >= least) return [];
    return [`${name}: ${times.toFixed(2)} ×, which should be ${least} or more`];
  });
}

/** The ratios that there are gates for, in one line. */
export function sum(ratios) {
  const reached = GATES.filter(({ name }) => ratios[name] !== undefined);
  return reached.map(({ name, says }) => says.replace("{}", `${ratios[name].times.toFixed(2)} ×`)).join("; ");
}
