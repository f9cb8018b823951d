import { expect, test } from "vitest";
import { seed } from "../support/seed.js";
import { compareMessages } from "../support/wire/agreement.js";

const MESSAGES = Number(process.env["MESSAGES"] ?? 1_000_000);

test(`both codecs think of ${MESSAGES} messages what the oracles think of them`, () => {
  console.info(`generated with FC_SEED=${seed}`);
  // In parts, so that it is seen how far it is.
  for (let part = 0; part < MESSAGES; part += PART) {
    const { wellFormed } = compareMessages(Math.min(PART, MESSAGES - part), seed + part);
    console.info(`${part + PART} messages, of the last of which ${wellFormed} are well-formed`);
    expect(wellFormed).toBeGreaterThan(0);
  }
});

const PART = 50_000;
