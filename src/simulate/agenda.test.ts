import fc from "fast-check";
import { expect, test } from "vitest";
import { Agenda } from "./agenda.js";

test("what is due comes by time, and of what is due at once the first that was noted", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ at: fc.nat(9), isWork: fc.boolean(), isCancelled: fc.boolean() })), (entries) => {
      const agenda = new Agenda();
      const done: number[] = [];
      const cancels = entries.map(({ at, isWork }, index) =>
        agenda.add({ at, isWork, run: () => void done.push(index) }),
      );
      for (const [index, { isCancelled }] of entries.entries()) if (isCancelled) cancels[index]?.();
      const left = entries.map((entry, index) => ({ ...entry, index })).filter(({ isCancelled }) => !isCancelled);
      expect(agenda.work).toBe(left.filter(({ isWork }) => isWork).length);
      for (let entry = agenda.take(); entry; entry = agenda.take()) entry.run();
      expect(done).toEqual(left.sort((a, b) => a.at - b.at || a.index - b.index).map(({ index }) => index));
      expect(agenda.work).toBe(0);
    }),
  );
});

test("what was taken cannot be called off any more", () => {
  const agenda = new Agenda();
  const cancel = agenda.add({ at: 1, isWork: true, run: () => {} });
  agenda.take();
  agenda.add({ at: 2, isWork: true, run: () => {} });
  cancel();
  expect(agenda.work).toBe(1);
  expect(agenda.next()).toBe(2);
});
