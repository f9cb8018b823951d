import { expect, test } from "vitest";
import { Clock } from "./clock.js";

test("time passes from one thing to the next", async () => {
  const clock = new Clock();
  const at: number[] = [];
  clock.after(3_600_000, () => void at.push(clock.now()));
  clock.after(20, () => void at.push(clock.now()));
  while (await clock.advance());
  expect(at).toEqual([20, 3_600_000]);
  expect(clock.time()).toBe("2024-01-01T01:00:00Z");
});

test("what sleeps lets others go on, and wakes at its time", async () => {
  const clock = new Clock();
  const course: string[] = [];
  clock.after(0, async () => {
    course.push(`asleep at ${clock.now()}`);
    await clock.sleep(100);
    await Promise.resolve();
    course.push(`awake at ${clock.now()}`);
  });
  clock.after(50, () => void course.push(`meanwhile at ${clock.now()}`));
  clock.after(100, () => void course.push(`later at ${clock.now()}`));
  while (await clock.advance());
  expect(course).toEqual(["asleep at 0", "meanwhile at 50", "later at 100", "awake at 100"]);
});

test("what takes real time is waited for before the clock goes on", async () => {
  const clock = new Clock();
  const course: string[] = [];
  clock.after(0, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    course.push(`done at ${clock.now()}`);
  });
  clock.after(1, () => void course.push(`next at ${clock.now()}`));
  while (await clock.advance());
  expect(course).toEqual(["done at 0", "next at 1"]);
});

test("what throws ends the simulation", async () => {
  const clock = new Clock();
  clock.after(0, () => Promise.reject(new Error("a bug")));
  await expect(clock.advance()).rejects.toThrow("a bug");
});

test("what only looks is no work", async () => {
  const clock = new Clock();
  clock.after(10, () => {}, false);
  expect(clock.hasWork).toBe(false);
  expect(clock.next).toBe(10);
});
