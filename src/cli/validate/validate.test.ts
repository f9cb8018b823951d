import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fakeIO } from "../../../test/support/fake-io.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { run } from "../run.js";

const xrd = `apiVersion: apiextensions.crossplane.io/v2
kind: CompositeResourceDefinition
metadata: {name: lamps.example.org}
spec:
  scope: Namespaced
  group: example.org
  names: {kind: Lamp, plural: lamps}
  versions:
  - name: v1
    served: true
    referenceable: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [watts]
            properties:
              watts: {type: integer, minimum: 1}
              price: {type: string, x-kubernetes-validations: [{rule: isQuantity(self)}]}
              key: {type: string, format: password, maxLength: 3}
              colors:
                type: array
                items: {type: string, enum: [red, white]}
              example.org/notes:
                type: object
                additionalProperties: {type: string}
`;

const lamp = (name: string, spec: string) => `apiVersion: example.org/v1
kind: Lamp
metadata:
  name: ${name}
  namespace: hall
spec:
${spec.replace(/^/gm, "  ")}
`;

const secret = `apiVersion: v1
kind: Secret
metadata: {name: door}
data: {key: aHVudGVyMg==}
`;

interface Case {
  readonly files: Readonly<Record<string, string>>;
  /** Default: lamp.yaml --crds xrd.yaml */
  readonly args?: string;
  readonly lines: readonly string[];
  /** Default: 0. */
  readonly code?: number;
  readonly reason?: string;
}

async function validate({ args = "lamp.yaml --crds xrd.yaml", files }: Pick<Case, "args" | "files">) {
  const cwd = temporaryFolder({ "xrd.yaml": xrd, ...files });
  const io = fakeIO({ cwd });
  const code = await run(["validate", ...args.split(" ")], io);
  return { code, stdout: io.text("stdout"), stderr: io.text("stderr") };
}

describe("trimtab validate", () => {
  const cases: Readonly<Record<string, Case>> = {
    "says that all is valid": {
      files: { "lamp.yaml": lamp("a", "watts: 5") },
      lines: ["1 object: 1 valid"],
    },
    "says where what is wrong": {
      files: { "lamp.yaml": `${lamp("a", "watts: 5")}---\n${lamp("b", 'watts: "5"\ncolors: [red,\n  blue]')}` },
      lines: [
        'lamp.yaml:15:3: Lamp hall/b: spec.watts: must be an integer, not "5"',
        'lamp.yaml:17:5: Lamp hall/b: spec.colors[1]: must be one of red, white, not "blue"',
        "2 objects: 1 valid, 1 refused",
      ],
      code: 1,
    },
    "says where what is missing should be": {
      files: { "lamp.yaml": lamp("a", "colors: []") },
      lines: ["lamp.yaml:6:1: Lamp hall/a: spec.watts: is required", "1 object: 0 valid, 1 refused"],
      code: 1,
    },
    "finds fields with dots in their names": {
      files: { "lamp.yaml": lamp("a", "watts: 1\nexample.org/notes:\n  a.b: 1\n  c[0].d: x\n  e: 2") },
      lines: [
        "lamp.yaml:9:5: Lamp hall/a: spec.example.org/notes[a.b]: must be a string, not 1",
        "lamp.yaml:11:5: Lamp hall/a: spec.example.org/notes[e]: must be a string, not 2",
        "1 object: 0 valid, 1 refused",
      ],
      code: 1,
    },
    "warns of what would be dropped": {
      files: { "lamp.yaml": lamp("a", "watts: 5\nwats: 6") },
      lines: [
        "lamp.yaml:8:3: Lamp hall/a: spec.wats: warning: is dropped: its schema does not know it",
        "1 object: 1 valid, 1 warning",
      ],
    },
    "fails for what would be dropped with --strict": {
      files: { "lamp.yaml": lamp("a", "watts: 5\nwats: 6") },
      args: "lamp.yaml --crds xrd.yaml --strict",
      lines: [
        "lamp.yaml:8:3: Lamp hall/a: spec.wats: warning: is dropped: its schema does not know it",
        "1 object: 1 valid, 1 warning",
      ],
      code: 1,
    },
    "never calls valid what nothing defines": {
      files: { "lamp.yaml": `${secret}---\n${secret}---\n${lamp("a", "watts: 5")}` },
      lines: [
        "lamp.yaml:1:1: Secret door: unchecked: no definition of Secret in v1, and so for 1 more object",
        "3 objects: 1 valid, 2 unchecked",
      ],
    },
    "fails for it with --strict": {
      files: { "lamp.yaml": secret },
      args: "lamp.yaml --strict",
      lines: ["lamp.yaml:1:1: Secret door: unchecked: no definition of Secret in v1", "1 object: 0 valid, 1 unchecked"],
      code: 1,
    },
    "lists rules that it cannot evaluate": {
      files: { "lamp.yaml": lamp("a", "watts: 5\nprice: 1k") },
      lines: [
        expect.stringMatching(
          /^lamp\.yaml:8:3: Lamp hall\/a: spec\.price: unchecked: cannot be evaluated: .*isQuantity/,
        ),
        "1 object: 0 valid, 1 unchecked",
      ],
    },
    "takes definitions from the files themselves, in any order": {
      files: { "lamp.yaml": `${lamp("a", "watts: 0")}---\n${xrd}` },
      args: "lamp.yaml",
      lines: ["lamp.yaml:7:3: Lamp hall/a: spec.watts: must be at least 1, not 0", "1 object: 0 valid, 1 refused"],
      code: 1,
    },
    "prefers them to others": {
      files: { "lamp.yaml": `${lamp("a", "watts: 0")}---\n${xrd.replace("minimum: 1", "minimum: 0")}` },
      lines: ["1 object: 1 valid"],
    },
    "counts no definitions, and says so": {
      files: {},
      args: "xrd.yaml --strict",
      lines: ["0 objects: there is only 1 definition, which is not validated itself"],
    },
    "reads JSON as JSON, several values of it as well": {
      files: {
        "lamp.json": `${JSON.stringify({ apiVersion: "example.org/v1", kind: "Lamp", metadata: { name: "a" }, spec: { watts: 1, "example.org/notes": { a: "x" } } }).replace('"x"', '"\\ud83d\\ude00\\/"')}\n{"apiVersion":"example.org/v1","kind":"Lamp",\n"metadata":{"name":"b"},\n"spec":{"watts":0}}\n`,
      },
      args: "lamp.json --crds xrd.yaml",
      lines: ["lamp.json:4:9: Lamp b: spec.watts: must be at least 1, not 0", "2 objects: 1 valid, 1 refused"],
      code: 1,
    },
    "reads YAML that begins like JSON": {
      files: { "lamp.yaml": "{apiVersion: example.org/v1, kind: Lamp, metadata: {name: a}, spec: {watts: 0}}\n" },
      lines: ["lamp.yaml:1:70: Lamp a: spec.watts: must be at least 1, not 0", "1 object: 0 valid, 1 refused"],
      code: 1,
    },
    "never quotes what it cannot parse": {
      files: Object.fromEntries(
        ["!!int aHVudGVyMg", "*aHVudGVyMg", "|aHVudGVyMg", "&aHVudGVyMg.", '"\\aHVudGVyMg', "{aHVudGVyMg"].map(
          (key, index) => [`secrets/${index}.yaml`, `apiVersion: v1\nkind: Secret\ndata:\n  key: ${key}\n`],
        ),
      ),
      args: "secrets",
      lines: [
        expect.stringMatching(
          /^secrets\/0\.yaml:4:14: document: cannot be read: a !!int is expected here, and this is text$/,
        ),
        ...Array.from({ length: 5 }, () => expect.stringContaining("cannot be read: ")),
        "6 objects: 0 valid, 6 refused",
      ],
      code: 1,
    },
    "says in its own words what is wrong in brackets": {
      files: { "lamp.yaml": "a: {b: x?y}\n" },
      lines: [
        'lamp.yaml:1:9: document: cannot be read: put text that has "?", or begins with ":", in quotes within brackets and braces',
        "1 object: 0 valid, 1 refused",
      ],
      code: 1,
    },
    "validates definitions too where their kind is defined": {
      files: {
        "crd.yaml": xrd
          .replaceAll("Lamp", "CompositeResourceDefinition")
          .replace("group: example.org", "group: apiextensions.crossplane.io")
          .replace("scope: Namespaced", "scope: Cluster")
          .replace("name: v1", "name: v2"),
      },
      args: "xrd.yaml --crds crd.yaml",
      lines: [
        "xrd.yaml:4:1: CompositeResourceDefinition lamps.example.org: spec.watts: is required",
        ...["scope", "group", "names", "versions"].map(
          (name, index) =>
            `xrd.yaml:${5 + index}:3: CompositeResourceDefinition lamps.example.org: spec.${name}: warning: is dropped: its schema does not know it`,
        ),
        "1 object: 0 valid, 1 refused, 4 warnings",
      ],
      code: 1,
    },
    "reads folders, and what is in them": {
      files: {
        "lamps/b/one.yml": lamp("one", "watts: 0"),
        "lamps/a.json": JSON.stringify({
          apiVersion: "example.org/v1",
          kind: "Lamp",
          metadata: { name: "two" },
          spec: {},
        }),
        "lamps/package.json": "{}",
        "lamps/notes.txt": "no YAML: [",
        "lamps/.hidden/c.yaml": "[",
        "lamps/node_modules/d.yaml": "[",
      },
      args: "lamps --crds xrd.yaml",
      lines: [
        "lamps/a.json:1:72: Lamp two: spec.watts: is required",
        "lamps/b/one.yml:7:3: Lamp hall/one: spec.watts: must be at least 1, not 0",
        "2 objects: 0 valid, 2 refused",
      ],
      code: 1,
    },
    "looks into Lists": {
      files: {
        "lamp.yaml":
          "apiVersion: v1\nkind: List\nitems:\n- apiVersion: example.org/v1\n  kind: Lamp\n  metadata: {name: a}\n  spec: {watts: 0}\n",
      },
      lines: ["lamp.yaml:7:10: Lamp a: spec.watts: must be at least 1, not 0", "1 object: 0 valid, 1 refused"],
      code: 1,
    },
    "refuses what is no object": {
      files: { "lamp.yaml": "- 1\n---\na: b\n---\napiVersion: v1\nkind: 1\n---\n# nothing\n" },
      lines: [
        "lamp.yaml:1:1: document: must be an object, with apiVersion and kind",
        "lamp.yaml:3:1: document: apiVersion: is required, and must be a string",
        "lamp.yaml:6:1: document: kind: is required, and must be a string",
        "3 objects: 0 valid, 3 refused",
      ],
      code: 1,
    },
    "goes on behind a file that is no YAML, and does not quote it": {
      files: { "a.yaml": 'kind: Secret\ndata: {key: "aHVudGVyMg=="', "lamp.yaml": lamp("a", "watts: 5") },
      args: "a.yaml lamp.yaml --crds xrd.yaml",
      lines: [expect.stringMatching(/^a\.yaml:3:1: document: cannot be read: /), "2 objects: 1 valid, 1 refused"],
      code: 1,
    },
    "does not echo secrets": {
      files: { "lamp.yaml": lamp("a", "watts: 5\nkey: 12345") },
      lines: ["lamp.yaml:8:3: Lamp hall/a: spec.key: must be a string, not ***", "1 object: 0 valid, 1 refused"],
      code: 1,
    },
    "reads integers beyond numbers": {
      files: { "lamp.yaml": lamp("a", "watts: 9223372036854775807\nexample.org/notes: {a: 9223372036854775808}") },
      lines: [
        `lamp.yaml:8:23: Lamp hall/a: spec.example.org/notes[a]: must be a string, not ${2 ** 63}`,
        "1 object: 0 valid, 1 refused",
      ],
      code: 1,
    },
    "writes nothing that moves a cursor": {
      files: { "lamp.yaml": lamp("a", 'watts: 5\n"\\e[2Jb": 1') },
      lines: [
        "lamp.yaml:8:3: Lamp hall/a: spec.\\u001b[2Jb: warning: is dropped: its schema does not know it",
        "1 object: 1 valid, 1 warning",
      ],
    },
    "leaves Compositions unchecked": {
      files: {
        "lamp.yaml": "apiVersion: apiextensions.crossplane.io/v1\nkind: Composition\nmetadata: {name: lamps}\n",
      },
      lines: [
        "lamp.yaml:1:1: Composition lamps: unchecked: no definition of Composition in apiextensions.crossplane.io/v1",
        "1 object: 0 valid, 1 unchecked",
      ],
    },
  };
  test.each(Object.entries(cases))("%s", async (_, { args, code = 0, files, lines }) => {
    const done = await validate({ files, ...(args !== undefined && { args }) });
    expect(done.stderr).toBe("");
    expect(done.stdout.trimEnd().split("\n")).toEqual(lines);
    expect(done.code).toBe(code);
    expect(done.stdout).not.toContain("aHVudGVyMg");
  });

  test.each([
    { args: "empty", says: "cannot validate empty: no object is in it", code: 1 },
    { args: "none.yaml others --strict", says: "cannot validate others: no object is in it", code: 1 },
    { args: "comments.yaml", says: "cannot validate comments.yaml: no object is in it", code: 1 },
    {
      args: "comments.yaml empty.json",
      says: "cannot validate comments.yaml, empty.json: no object is in them",
      code: 1,
    },
    { args: "nowhere.yaml", says: "cannot read nowhere.yaml: no such file or directory", code: 1 },
    { args: "xrd.yaml --crds nowhere", says: "cannot read nowhere: no such file or directory", code: 1 },
    {
      args: "xrd.yaml --crds none.yaml",
      says: "cannot validate against none.yaml: no CustomResourceDefinition or CompositeResourceDefinition is in it",
      code: 1,
    },
    { args: "xrd.yaml --crds broken.yaml", says: "cannot read broken.yaml:2:1: ", code: 1 },
    {
      args: "wrong.yaml",
      says: "cannot use CompositeResourceDefinition lamps.example.org of wrong.yaml: spec.versions[0].schema.openAPIV3Schema.properties[spec].properties[watts].type must be one of",
      code: 1,
    },
    {
      args: "xrd.yaml wrong.yaml -o xml",
      says: '--output "xml" is none of text, json, junit; trimtab validate --help',
      code: 80,
    },
    { args: "--crds xrd.yaml", says: "the argument FILE… is missing", code: 80 },
    { args: "xrd.yaml --loose", says: "there is no flag --loose", code: 80 },
  ])("says why it cannot: $args", async ({ args, code, says }) => {
    const files = {
      "none.yaml": secret,
      "comments.yaml": "# nothing\n",
      "empty.json": "",
      "empty/.keep": "",
      "others/values.yaml": "replicas: 1\n",
      "broken.yaml": "[",
      "wrong.yaml": xrd.replace("watts: {type: integer", "watts: {type: int"),
    };
    const done = await validate({ files, args });
    expect(done.stderr).toContain(says);
    expect(done.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(done).toMatchObject({ code, stdout: "" });
  });

  test("takes several --crds, of files and folders", async () => {
    const chair = xrd.replaceAll("Lamp", "Chair").replaceAll("lamps", "chairs");
    const files = {
      "more/chair.yaml": chair,
      "lamp.yaml": `${lamp("a", "watts: 5")}---\n${lamp("b", "{}").replace("Lamp", "Chair")}`,
    };
    const { stdout } = await validate({ files, args: "lamp.yaml --crds xrd.yaml --crds more" });
    expect(stdout).toBe("lamp.yaml:14:1: Chair hall/b: spec.watts: is required\n2 objects: 1 valid, 1 refused\n");
  });

  test.each([
    { env: {}, colored: true },
    { env: { NO_COLOR: "1" }, colored: false },
  ])("colours on a terminal: $env", async ({ colored, env }) => {
    const io = fakeIO({ cwd: temporaryFolder({ "xrd.yaml": xrd, "lamp.yaml": lamp("a", "watts: 5") }), env });
    const terminal = { ...io, stdout: { ...io.stdout, isTTY: true } };
    expect(await run(["validate", "lamp.yaml", "--crds", "xrd.yaml"], terminal)).toBe(0);
    expect(io.text("stdout").includes("\u001b[")).toBe(colored);
  });

  test("follows links to folders, but not round and round", async () => {
    const cwd = temporaryFolder({ "xrd.yaml": xrd, "real/lamp.yaml": lamp("a", "watts: 0"), "lamps/x.txt": "" });
    symlinkSync(join(cwd, "real"), join(cwd, "lamps/link"));
    symlinkSync(join(cwd, "lamps"), join(cwd, "real/round"));
    symlinkSync(join(cwd, "lamps"), join(cwd, "top"));
    symlinkSync("nowhere", join(cwd, "lamps/broken"));
    symlinkSync("itself", join(cwd, "lamps/itself"));
    const io = fakeIO({ cwd });
    expect(await run(["validate", "top", "--crds", "xrd.yaml"], io)).toBe(1);
    expect(io.text("stdout")).toBe(
      "top/link/lamp.yaml:7:3: Lamp hall/a: spec.watts: must be at least 1, not 0\n1 object: 0 valid, 1 refused\n",
    );
  });

  test("does not load a project that it does not need", async () => {
    const files = { "trimtab.config.ts": "throw new Error('broken');", "lamp.yaml": lamp("a", "watts: 5") };
    expect(await validate({ files })).toMatchObject({ code: 0, stdout: "1 object: 1 valid\n" });
    expect(await validate({ files, args: "lamp.yaml" })).toMatchObject({ code: 1, stdout: "" });
  });

  test("knows the XRDs of the project", async () => {
    const config = `
      const watts = { type: "integer", minimum: 3 };
      const schema = { openapi: { type: "object", properties: { watts } } };
      const lamp = { group: "example.org", version: "v1", kind: "Lamp", spec: schema, status: schema };
      export default { functions: [], xrds: [lamp] };
    `;
    const files = { "trimtab.config.ts": config, "lamp.yaml": lamp("a", "watts: 2") };
    const { stdout, stderr } = await validate({ files, args: "lamp.yaml" });
    expect(stderr).toBe("");
    expect(stdout).toBe(
      "lamp.yaml:7:3: Lamp hall/a: spec.watts: must be at least 3, not 2\n1 object: 0 valid, 1 refused\n",
    );
  });
});

describe("--output json", () => {
  const files = { "lamp.yaml": `${lamp("a", "watts: 0\nwats: 1")}---\n${secret}` };

  test("has the documented shape", async () => {
    const { code, stdout } = await validate({ files, args: "lamp.yaml --crds xrd.yaml -o json" });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      passed: false,
      summary: { objects: 2, valid: 0, refused: 1, unchecked: 1, warnings: 1, definitions: 0 },
      objects: [
        {
          file: "lamp.yaml",
          line: 1,
          column: 1,
          apiVersion: "example.org/v1",
          kind: "Lamp",
          namespace: "hall",
          name: "a",
          isDefined: true,
          outcome: "refused",
          problems: [{ path: "spec.watts", message: "must be at least 1, not 0", line: 7, column: 3 }],
          warnings: [{ path: "spec.wats", message: "is dropped: its schema does not know it", line: 8, column: 3 }],
          unchecked: [],
        },
        {
          file: "lamp.yaml",
          line: 10,
          column: 1,
          apiVersion: "v1",
          kind: "Secret",
          name: "door",
          isDefined: false,
          outcome: "unchecked",
          problems: [],
          warnings: [],
          unchecked: [{ path: ".", message: "no definition of Secret in v1", line: 10, column: 1 }],
        },
      ],
    });
  });

  test.each([
    { strict: "", passed: true, code: 0 },
    { strict: " --strict", passed: false, code: 1 },
  ])("says whether it passed$strict", async ({ code, passed, strict }) => {
    const done = await validate({ files: { "a.yaml": secret }, args: `a.yaml -o json${strict}` });
    expect(JSON.parse(done.stdout)).toMatchObject({ passed });
    expect(done.code).toBe(code);
  });
});

describe("--output junit", () => {
  test("has a test case for each object", async () => {
    const files = { "lamp.yaml": `${lamp("a", 'watts: "<5>"')}---\n${lamp("b", "watts: 1\nwats: 1")}---\n${secret}` };
    const { stdout } = await validate({ files, args: "lamp.yaml --crds xrd.yaml -o junit" });
    expect(stdout).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="trimtab validate" tests="3" failures="1" errors="0" skipped="1">
<testsuite name="lamp.yaml" tests="3" failures="1" errors="0" skipped="1">
<testcase name="Lamp hall/a" classname="lamp.yaml" file="lamp.yaml" line="1">
<failure message="spec.watts must be an integer, not &quot;&lt;5&gt;&quot;" type="refused">lamp.yaml:7:3: spec.watts: must be an integer, not &quot;&lt;5&gt;&quot;
</failure>
</testcase>
<testcase name="Lamp hall/b" classname="lamp.yaml" file="lamp.yaml" line="9">
<system-out>lamp.yaml:16:3: spec.wats: is dropped: its schema does not know it
</system-out>
</testcase>
<testcase name="Secret door" classname="lamp.yaml" file="lamp.yaml" line="18">
<skipped message="no definition of Secret in v1"/>
</testcase>
</testsuite>
</testsuites>
`);
  });

  test("fails what is unchecked or dropped with --strict", async () => {
    const files = { "lamp.yaml": `${lamp("b", "watts: 1\nwats: 1")}---\n${secret}` };
    const { code, stdout } = await validate({ files, args: "lamp.yaml --crds xrd.yaml -o junit --strict" });
    expect(code).toBe(1);
    expect(stdout).toContain('tests="2" failures="2" errors="0" skipped="0"');
  });
});
