import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow } from "../support/files-below.js";
import { repository } from "../support/repository.js";

const pages = [
  join(repository, "README.md"),
  join(repository, "CONTRIBUTING.md"),
  ...filesBelow(join(repository, "docs"), ".md"),
  ...filesBelow(join(repository, "examples"), ".md"),
];

// A snippet of TypeScript, or of YAML that a developer applies, is quoted from a file that is tested.
describe.each(pages.map((page) => [relative(repository, page), page] as const))("%s", (_, page) => {
  const text = readFileSync(page, "utf8");
  const snippets = [...text.matchAll(/(?:<!-- file: (\S+) -->\n)?```(ts|yaml)\n([\s\S]*?)```/g)];

  test("quotes what is tested", () => {
    for (const [, file, , snippet = ""] of snippets) {
      expect(file, `a snippet without a file:\n${snippet}`).toBeDefined();
      // Quoted from the middle of a file, a snippet has lost the indentation that it has there.
      expect(unindented(readFileSync(join(dirname(page), file ?? ""), "utf8"))).toContain(unindented(snippet));
    }
  });

  test("links to what is there", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, link = ""]) =>
      join(dirname(page), link),
    );
    expect(links.filter((link) => !readdirSync(dirname(link)).includes(basename(link)))).toEqual([]);
  });

  test("names only scripts that there are", () => {
    const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
      readonly scripts: object;
    };
    const named = [...text.matchAll(/npm run ([a-z0-9:]+)/g)].map(([, script]) => script);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});

function unindented(text: string): string {
  return text.replace(/^ +/gm, "");
}
