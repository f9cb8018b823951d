import { expect, test } from "vitest";
import { seed } from "../../test/support/seed.js";
import { compareMessages } from "../../test/support/wire/agreement.js";

test("both codecs think of fifty thousand messages, whole and broken, what the oracles think of them", () => {
  const { messages, wellFormed } = compareMessages(50_000, seed);
  expect(messages).toBe(50_000);
  expect(wellFormed / messages).toBeGreaterThan(0.4);
}, 120_000);
