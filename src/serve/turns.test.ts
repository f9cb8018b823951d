import { expect, test } from "vitest";
import { Turns } from "./turns.js";

test("lets so many begin at a time, and others in the order in which they came", () => {
  const turns = new Turns(2);
  const begun: number[] = [];
  const take = (...names: number[]) => {
    for (const name of names) turns.take(() => void begun.push(name));
  };
  take(1, 2, 3, 4);
  expect(begun).toEqual([1, 2]);
  turns.leave();
  expect(begun).toEqual([1, 2, 3]);
  turns.leave();
  turns.leave();
  turns.leave();
  take(5, 6, 7);
  expect(begun).toEqual([1, 2, 3, 4, 5, 6]);
});

test("has a turn that is over at once keep nobody", () => {
  const turns = new Turns(1);
  let begun = 0;
  for (let index = 0; index < 100_000; index += 1) {
    turns.take(() => {
      begun += 1;
      turns.leave();
    });
  }
  expect(begun).toBe(100_000);
});
