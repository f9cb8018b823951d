import fc from "fast-check";
import { propertyOptions } from "../../support/property-options.js";
import { type Addresses, renderBoth } from "../both/render-both.js";
import { type RenderCase } from "../both/render-case.js";
import { renderCases } from "./render-cases.js";

/** For how long a difference is made smaller. */
const SHRINKING_MS = 180_000;

export interface GeneratedOptions {
  /** How many; RENDERS says otherwise. */
  readonly runs: number;
  /** Which part of several that run side by side, and of how many. */
  readonly part: readonly [index: number, of: number];
}

/** Throws with a case that the real CLI and ours render differently, as small as it could be made in three minutes. */
export async function rendersAlike(addresses: Addresses, { runs, part: [index, of] }: GeneratedOptions): Promise<void> {
  const { seed, numRuns } = propertyOptions({ runs: wished(runs) });
  let shrinkUntil = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(renderCases, async (one) => {
    if (Date.now() > shrinkUntil) return;
    const difference = await differenceOf(one, addresses);
    if (difference === undefined) return;
    shrinkUntil = Math.min(shrinkUntil, Date.now() + SHRINKING_MS);
    throw new Error(difference);
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, {
    seed: seed + index,
    numRuns: Math.ceil(numRuns / of),
  });
  if (!failed) return;
  const pasted = JSON.stringify(counterexample?.[0], null, 2);
  throw new Error(`these are rendered differently:\n${pasted}\n${String(errorInstance)}`);
}

/** @throws Error where RENDERS is no number of renders: none at all would pass */
function wished(runs: number): number {
  const text = process.env["RENDERS"] ?? String(runs);
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`cannot render: RENDERS must be a positive integer, not ${JSON.stringify(text)}`);
}

async function differenceOf(one: RenderCase, addresses: Addresses): Promise<string | undefined> {
  const { real, ours } = await renderBoth(one, addresses);
  if (real.code === ours.code && real.stdout === ours.stdout) return undefined;
  const [theirs, own] = [real.stdout.split("\n"), ours.stdout.split("\n")];
  const line = theirs.findIndex((text, i) => text !== own[i]);
  const around = (lines: readonly string[]) => lines.slice(Math.max(0, line - 3), line + 4).join("\n");
  return [
    `real: exit ${real.code} ${real.stderr.trim()}`,
    `ours: exit ${ours.code} ${ours.stderr.trim()}`,
    ...(line < 0 ? [] : [`stdout differs from line ${line + 1}\nreal:\n${around(theirs)}\nours:\n${around(own)}`]),
  ].join("\n");
}
