import { expect, test } from "vitest";
import { printable, printableLines } from "./printable.js";

const cases: Record<string, { text: string; line: string; lines: string }> = {
  "what is printable": { text: "Größe 10 µm 🔑", line: "Größe 10 µm 🔑", lines: "Größe 10 µm 🔑" },
  "escape sequences": { text: "\x1b[2J\x9b2J\x7f", line: "\\x1b[2J\\x9b2J\\x7f", lines: "\\x1b[2J\\x9b2J\\x7f" },
  "what turns text around": { text: "\u202eabc\u2066", line: "\\u202eabc\\u2066", lines: "\\u202eabc\\u2066" },
  "a line that would pass for another message": {
    text: "a\r\nwarning: b\n  c\td",
    line: "a\\r\\nwarning: b\\n  c\\td",
    lines: "a\\r\n  warning: b\n  c\\td",
  },
};

test.each(Object.entries(cases))("%s", (_, { text, line, lines }) => {
  expect(printable(text)).toBe(line);
  expect(printableLines(text)).toBe(lines);
});
