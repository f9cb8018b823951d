import { describe, expect, test } from "vitest";
import { prefixProblem } from "./prefix.js";

describe("a prefix that is meant literally passes", () => {
  test.each([
    "",
    "incoming/",
    "a/b/c/",
    "year=2024/month=01/",
    "Größe 1/",
    "😀/",
    ".hidden/",
    "a..b/",
    "{x}/",
    `${"a".repeat(511)}/`,
  ])("%s", (prefix) => expect(prefixProblem(prefix)).toBeUndefined());
});

describe("a prefix that IAM or a client could read otherwise is refused", () => {
  const cases = {
    "any characters": { prefix: "incoming*/", says: "holds *, ? or $" },
    "any character": { prefix: "incoming?/", says: "holds *, ? or $" },
    "a policy variable": { prefix: `\${aws:username}/`, says: "holds *, ? or $" },
    "an escaped wildcard": { prefix: `\${*}/`, says: "holds *, ? or $" },
    "a dollar alone": { prefix: "a$/", says: "holds *, ? or $" },
    "no slash at the end": { prefix: "incoming", says: 'does not end in "/"' },
    "a slash at the beginning": { prefix: "/incoming/", says: 'begins with "/"' },
    "the root": { prefix: "/", says: 'begins with "/"' },
    "an empty segment": { prefix: "a//b/", says: 'holds "//"' },
    "a step up": { prefix: "a/../b/", says: 'segment "." or ".."' },
    "a step up first": { prefix: "../b/", says: 'segment "." or ".."' },
    "a step nowhere": { prefix: "a/./", says: 'segment "." or ".."' },
    "a line end": { prefix: "a\n/", says: "control character" },
    NUL: { prefix: "a\0/", says: "control character" },
    "a lone surrogate": { prefix: "a\ud800/", says: "control character" },
    "a line separator": { prefix: "a\u2028/", says: "control character" },
    "513 characters": { prefix: `${"a".repeat(512)}/`, says: "is too long" },
    "1,024 bytes": { prefix: `${"é".repeat(511)}x/`, says: "is too long" },
    "1,024 bytes within 512 characters": { prefix: `${"€".repeat(341)}/`, says: "is too long" },
  };
  test.each(Object.entries(cases))("%s", (_, { prefix, says }) => {
    const shown = prefix.length > 60 ? `${[...prefix].slice(0, 60).join("")}…` : prefix;
    expect(prefixProblem(prefix)).toContain(`prefix ${JSON.stringify(shown)} `);
    expect(prefixProblem(prefix)).toContain(says);
  });
});

test("characters are counted as code points", () => {
  expect(prefixProblem(`${"😀".repeat(255)}/`)).toBeUndefined();
});
