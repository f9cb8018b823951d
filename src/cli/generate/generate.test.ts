import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fakeIO } from "../../../test/support/fake-io.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { run } from "../run.js";

const crd = (kind: string) => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${kind.toLowerCase()}s.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {kind: ${kind}, plural: ${kind.toLowerCase()}s}
  versions:
  - name: v1
    storage: true
    served: true
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer, description: How large it is.}}}}}}
`;

describe("trimtab generate", () => {
  test("writes models of what files and folders define", async () => {
    const cwd = temporaryFolder({
      "two.yaml": `${crd("Lamp")}---\n${crd("Chair")}`,
      "more/table.yaml": crd("Table"),
      "more/notes.txt": "no YAML",
    });
    const io = fakeIO({ cwd });
    expect(await run(["generate", "two.yaml", "more", "--out", "models"], io)).toBe(0);
    expect(io.text("stdout")).toBe("models/example.ts\n");
    const text = readFileSync(join(cwd, "models/example.ts"), "utf8");
    for (const kind of ["Lamp", "Chair", "Table"]) expect(text).toContain(kind);
    expect(text).not.toContain("How large it is.");
  });

  test("keeps descriptions with --docs", async () => {
    const cwd = temporaryFolder({ "lamp.yaml": crd("Lamp") });
    expect(await run(["generate", "lamp.yaml", "--out", "models", "--docs"], fakeIO({ cwd }))).toBe(0);
    expect(readFileSync(join(cwd, "models/example.ts"), "utf8")).toContain("How large it is.");
  });

  test.each([
    {
      name: "a file without a definition",
      text: "kind: ConfigMap",
      says: /^trimtab: cannot generate models from lamp\.yaml: no CustomResourceDefinition is in it\n$/,
    },
    {
      name: "a file that is no YAML",
      text: "a: b\nc: hunter2: d\n",
      says: /^trimtab: cannot read lamp\.yaml:2:4: nested mappings are not allowed in compact mappings\n$/,
    },
    {
      name: "a definition without a schema",
      text: crd("Lamp").replace(/schema: .*/, ""),
      says: /lamp\.yaml: its version v1 has no schema/,
    },
  ])("writes nothing for $name", async ({ text, says }) => {
    const cwd = temporaryFolder({ "lamp.yaml": text });
    const io = fakeIO({ cwd });
    expect(await run(["generate", "lamp.yaml", "--out", "models"], io)).toBe(1);
    expect(io.text("stderr")).toMatch(says);
    expect(readdirSync(cwd)).toEqual(["lamp.yaml"]);
  });
});
