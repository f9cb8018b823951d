import { describe, expect, test } from "vitest";
import { logger } from "../runtime/log.js";
import { refusals } from "./refusals.js";

const MINUTE = 60_000;

describe("refusals", () => {
  test("are said once, however often a client tries again", () => {
    const { refuse, lines } = started();
    for (let attempt = 0; attempt < 100; attempt += 1) refuse("10.0.0.1", "it spoke plain text");
    expect(lines).toEqual([
      expect.objectContaining({
        level: "warn",
        remoteAddress: "10.0.0.1",
        msg: "refused a client: it spoke plain text",
      }),
    ]);
  });

  test("are said of each address, and for each reason", () => {
    const { refuse, lines } = started();
    refuse("10.0.0.1", "it spoke plain text");
    refuse("10.0.0.2", "it spoke plain text");
    refuse("10.0.0.1", "it showed no certificate");
    expect(lines).toHaveLength(3);
  });

  test("are said again after ten minutes, with how often it was in between", () => {
    const { refuse, lines, wait } = started();
    for (let minute = 0; minute <= 10; minute += 1) {
      refuse("10.0.0.1", "it spoke plain text");
      wait(MINUTE);
    }
    expect(lines).toEqual([
      expect.not.objectContaining({ again: expect.anything() }),
      expect.objectContaining({ again: 9 }),
    ]);
  });

  test("show the subject of a certificate", () => {
    const { refuse, lines } = started();
    refuse("10.0.0.1", "its certificate has expired", "CN=someone");
    expect(lines).toEqual([expect.objectContaining({ subject: "CN=someone" })]);
  });

  test("are forgotten, oldest first, where clients come from very many addresses", () => {
    const { refuse, lines } = started();
    for (let client = 0; client <= 1000; client += 1) refuse(`10.0.${client >> 8}.${client & 255}`, "no");
    refuse("10.0.3.232", "no");
    expect(lines).toHaveLength(1001);
    refuse("10.0.0.0", "no");
    expect(lines).toHaveLength(1002);
  });
});

function started() {
  const lines: unknown[] = [];
  let now = 0;
  const refuse = refusals({
    logger: logger({ to: { write: (line) => void lines.push(JSON.parse(line)) } }),
    now: () => now,
  });
  const wait = (ms: number) => {
    now += ms;
  };
  return { refuse, lines, wait };
}
