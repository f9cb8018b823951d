import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  floodFrames,
  holdHalfOpen,
  openAndDrop,
  resetRapidly,
  sayGarbage,
  sendLarge,
  sendSlowly,
  stallLarge,
} from "./attacks.js";
import { type Prepared, prepare, type Victim, victim, type Way } from "./victim.js";

// Whatever is done to a function's port: who may call is answered meanwhile and afterwards, memory stays bounded, and no
// secret is logged. ABUSE=10 does ten times as much.

const TIMES = Number(process.env["ABUSE"] ?? 1);

interface Attack {
  readonly name: string;
  readonly ways: readonly Way[];
  attack(on: Victim): Promise<unknown>;
  /** In MiB. It idles at some 80, and the garbage of what is answered meanwhile is in it. */
  readonly memory: number;
}

const attacks: readonly Attack[] = [
  {
    name: "10,000 connections, opened and dropped",
    ways: ["tls"],
    attack: (on) => openAndDrop(on, 10_000 * TIMES),
    memory: 250,
  },
  {
    name: "2,000 connections, opened and dropped",
    ways: ["plain"],
    attack: (on) => openAndDrop(on, 2000 * TIMES),
    memory: 250,
  },
  {
    name: "half-open connections",
    ways: ["tls", "plain"],
    attack: (on) => holdHalfOpen(on, 4000, 1000 * TIMES),
    memory: 250,
  },
  { name: "slow senders", ways: ["tls", "plain"], attack: (on) => sendSlowly(on, 1500, 1500 * TIMES), memory: 350 },
  { name: "rapid resets", ways: ["tls", "plain"], attack: (on) => resetRapidly(on, 20_000 * TIMES), memory: 350 },
  { name: "requests of 64 MiB", ways: ["plain"], attack: (on) => sendLarge(on, 16 * TIMES, 64), memory: 900 },
  {
    name: "large requests that stall",
    ways: ["tls"],
    attack: (on) => stallLarge(on, 200, 3000 * TIMES),
    memory: 500,
  },
  { name: "garbage", ways: ["tls", "plain"], attack: (on) => sayGarbage(on, 500 * TIMES), memory: 250 },
  { name: "floods of frames", ways: ["plain"], attack: (on) => floodFrames(on, 500 * TIMES), memory: 250 },
];

let prepared: Prepared | undefined;
beforeAll(async () => {
  prepared = await prepare();
});
afterAll(() => prepared?.remove());

describe.each(attacks)("$name", ({ name, ways, attack, memory }) => {
  test.each(ways)("over %s", async (way) => {
    const target = await victim(prepared as Prepared, way);
    const answers = await target.during(() => attack(target));
    const peak = target.peakMemory();
    console.log(`${name} over ${way}: ${answers} calls answered meanwhile, at most ${peak} MiB`);
    expect(peak).toBeLessThan(memory);
    await target.ends();
  });
});
