import { expect, test } from "vitest";
import { Clock } from "./clock.js";
import { type Again, NEVER, SOON } from "./controller.js";
import { WorkQueue } from "./work-queue.js";

/** A controller that says when it was called, and answers what it is told. */
function controller(answer: (count: number) => Again | Promise<Again>) {
  const clock = new Clock();
  const calls: number[] = [];
  const queue: WorkQueue = new WorkQueue(
    {
      name: "test",
      concerns: () => [],
      reconcile: async () => {
        calls.push(clock.now());
        return answer(calls.length);
      },
    },
    clock,
  );
  const settle = async () => {
    while (clock.hasWork) await clock.advance();
  };
  return { clock, queue, calls, settle };
}

test("a key stands in the queue once", async () => {
  const { queue, calls, settle } = controller(() => NEVER);
  queue.add("a");
  queue.add("a");
  await settle();
  expect(calls).toEqual([10]);
});

test("what changes while a key is reconciled has it reconciled again", async () => {
  const { queue, calls, settle } = controller((count) => {
    if (count === 1) queue.add("a");
    return NEVER;
  });
  queue.add("a");
  await settle();
  expect(calls).toEqual([10, 20]);
});

test("failures are tried again later and later, and waited for until it has been five minutes", async () => {
  const { clock, queue, calls, settle } = controller(() => SOON);
  queue.add("a");
  await settle();
  expect(calls.map((at) => (at - 10) / 1000)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  await clock.advance();
  expect(calls.at(-1)).toBe(303_010);
});

test("success forgets failures", async () => {
  const { queue, calls, settle } = controller((count) => (count === 3 ? NEVER : SOON));
  queue.add("a");
  await settle();
  queue.add("a");
  await settle();
  expect(calls.slice(0, 5)).toEqual([10, 1010, 3010, 3020, 4020]);
});

test("a poll is not waited for, and does not hold back what changes", async () => {
  const { clock, queue, calls, settle } = controller(() => ({ again: "poll", ms: 60_000 }));
  queue.add("a");
  await settle();
  expect(calls).toEqual([10]);
  queue.add("a");
  await settle();
  expect(calls).toEqual([10, 20]);
  await clock.advance();
  expect(calls).toEqual([10, 20, 60_020]);
});

test("a poll that is due at once becomes work when something changes", async () => {
  const { queue, calls, settle } = controller(() => ({ again: "poll", ms: 5 }));
  queue.add("a");
  await settle();
  queue.add("a");
  await settle();
  expect(calls).toEqual([10, 15]);
});
