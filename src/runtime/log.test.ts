import { describe, expect, test } from "vitest";
import { logger } from "./log.js";

describe("logger", () => {
  test("writes one JSON object a line, with the level as a word", () => {
    const lines = written((log) => log.info({ tag: "a" }, "ran"));
    expect(lines).toEqual([
      { level: "info", time: expect.stringMatching(/^\d{4}-.*Z$/), name: "bucket", tag: "a", msg: "ran" },
    ]);
  });

  test("leaves out what is less than its level", () => {
    expect(written((log) => log.debug("hidden"))).toEqual([]);
  });

  test("keeps the stack of an error", () => {
    const [line] = written((log) => log.error({ err: new Error("broken") }, "failed"));
    expect(line).toMatchObject({ err: { message: "broken", stack: expect.stringContaining("log.test") } });
  });

  test("makes children that say more", () => {
    expect(written((log) => log.child({ step: "x" }).info("ran"))).toMatchObject([{ step: "x", name: "bucket" }]);
  });
});

function written(log: (to: ReturnType<typeof logger>) => void): readonly unknown[] {
  const lines: unknown[] = [];
  log(logger({ name: "bucket", to: { write: (line) => void lines.push(JSON.parse(line)) } }));
  return lines;
}
