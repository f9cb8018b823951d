import { expect, test } from "vitest";
import { byteOrder } from "./byte-order.js";

const texts = ["", "a", "ab", "b", "B", "é", "\u{ffff}", "\u{e000}", "😀", "😁", "a😀", "a\u{e000}", "zz"];

test("is that of the bytes in UTF-8, which is not that of JavaScript beyond the first plane", () => {
  for (const a of texts) {
    for (const b of texts) {
      const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(byteOrder(a, b)), `${a} and ${b}`).toBe(expected);
    }
  }
});
