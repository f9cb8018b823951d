import { expect, test } from "vitest";
import { printJUnit } from "./print-junit.js";
import { summarize } from "./report.js";

test("escapes what XML cannot hold", () => {
  const message = `<a b="c">'&\u0000\u0008\ud800\n]]>`;
  const finding = { path: "spec", message, line: 1, column: 1 };
  const objects = [
    {
      file: "a&b.yaml",
      line: 1,
      column: 1,
      apiVersion: "v1",
      kind: "<K>",
      name: "n",
      isDefined: true,
      outcome: "refused" as const,
      problems: [finding],
      warnings: [],
      unchecked: [],
    },
  ];
  const text = printJUnit({ objects, summary: summarize(objects, 0) }, false);
  expect(text).toContain('name="&lt;K&gt; n" classname="a&amp;b.yaml"');
  expect(text).toContain(
    'message="spec &lt;a b=&quot;c&quot;&gt;&apos;&amp;\ufffd\ufffd\ufffd&#10;]]&gt;" type="refused">a&amp;b.yaml:1:1: spec: ',
  );
});
