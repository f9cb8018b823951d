import { CONFIG_MAP, compositionOf, PIPELINE, XR } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

const json = (object: object) => `${JSON.stringify(object)}\n`;
const echoes = [{ script: { echo: "echo" } }];
const listed = [
  { script: { echo: "echo", requires: { resources: { all: { apiVersion: "v1", kind: "ConfigMap" } } } } },
];
const map = (name: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } });

/** A case of the text of xr.yaml. */
const xr = (reason: string, xr: string | Uint8Array, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  xr,
  pipeline: echoes,
  flags: ["-x"],
  ...rest,
});

/** A case of the text of the file that -e names. */
const stream = (reason: string, required: string, rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  required,
  pipeline: listed,
  ...rest,
});

const head = "apiVersion: example.org/v1\nkind: XThing\nmetadata:\n  name: thing\n";

/** Files: how they are parted, and what is wrong with them. */
export const files: RenderCases = {
  "an XR of JSON": xr("JSON is YAML", json(XR)),
  "an XR of YAML": xr("as people write it", `${head}spec:\n  size: 3\n`),
  "an XR after a separator": xr("---", `---\n${head}`),
  "an XR after a comment and a directive": xr("%YAML", `%YAML 1.1\n---\n# the thing\n${head}`),
  "several documents in the XR's file": xr("the first one counts", `${head}---\nkind: Other\n`),
  "an empty document before the XR": xr("it is the first", `---\n---\n${head}`, { code: 1, says: /XThing|xr\.yaml/ }),
  "an end of the document": xr("what comes after it is another", `${head}...\nkind: Other\n`),
  "windows line ends": xr(
    "as any",
    `${head}spec:\n  text: "a"\n  block: |\n    one\n    two\n`.replaceAll("\n", "\r\n"),
  ),
  "a byte order mark": xr("as if it were not there", `\ufeff${head}`),
  "UTF-16": xr("YAML may be so", Buffer.from(`\ufeff${head}`, "utf16le")),
  "bytes that are no UTF-8": xr("it is no YAML", Buffer.from([...Buffer.from(`${head}spec: {a: `), 0xff, 0x7d, 0x0a]), {
    code: 1,
    says: /xr\.yaml/,
  }),
  "an XR that is no YAML": xr("the file is named", "a: [1\nb: 2\n", { code: 1, says: /xr\.yaml/ }),
  tabs: xr("they indent nothing", `${head}spec:\n\tsize: 3\n`, { code: 1, says: /xr\.yaml/ }),
  "a key twice": xr("Kubernetes refuses that, or not", `${head}spec:\n  a: 1\n  a: 2\n`),
  "an XR that is a list": xr("it is no object", "- a\n", { code: 1, says: /xr\.yaml/ }),
  "an XR that is a text": xr("it is no object", "hello\n", { code: 1, says: /xr\.yaml/ }),
  "an empty XR": xr("there is none", "", { code: 1, says: /XThing|xr\.yaml/ }),
  "an XR of comments": xr("there is none", "# nothing\n", { code: 1, says: /XThing|xr\.yaml/ }),
  "an XR without a kind": xr("it is no object of Kubernetes", "apiVersion: example.org/v1\nmetadata: {name: thing}\n", {
    code: 1,
    says: /xr\.yaml/,
  }),
  "an XR without an apiVersion": xr("it is not the Composition's", "kind: XThing\nmetadata: {name: thing}\n", {
    code: 1,
    says: /example\.org\/v1/,
  }),
  "an XR of a list kind": {
    reason: "its items are fields",
    xr: { apiVersion: "example.org/v1", kind: "XThingList", metadata: { name: "thing" }, items: [] },
    flags: ["-x"],
  },
  "an XR whose metadata is a text": { reason: "it has no name", xr: { ...XR, metadata: "thing" }, code: 1 },
  "an XR whose labels are no texts": {
    reason: "it has no labels",
    xr: { ...XR, metadata: { name: "thing", labels: { a: 1 } } },
    pipeline: echoes,
    flags: ["-x"],
  },
  "an XR whose name is a number": { reason: "it has no name", xr: `${head.replace("thing", "12")}`, code: 1 },
  "no XR": { reason: "wrong usage", files: { "xr.yaml": undefined }, code: 80, says: /xr\.yaml/ },
  "no Composition": {
    reason: "wrong usage",
    files: { "composition.yaml": undefined },
    code: 80,
    says: /composition\.yaml/,
  },
  "no functions": {
    reason: "the file is named",
    files: { "functions.yaml": undefined },
    code: 1,
    says: /functions\.yaml/,
  },
  "no XRD": { reason: "wrong usage", flags: ["--xrd=none.yaml"], code: 80, says: /none\.yaml/ },
  "no observed": { reason: "the file is named", flags: ["-o", "none.yaml"], code: 1, says: /none\.yaml/ },
  "no required": { reason: "the file is named", flags: ["-e", "none.yaml"], code: 1, says: /none\.yaml/ },
  "no credentials": {
    reason: "the file is named",
    flags: ["--function-credentials=none.yaml"],
    code: 1,
    says: /none\.yaml/,
  },
  "a folder for the XR": {
    reason: "wrong usage",
    files: { "xr.yaml": undefined, "xr.yaml/a.yaml": json(XR) },
    code: 80,
    differs: { because: "ours renders every XR of a folder", code: 0 },
  },
  "a folder for the Composition": {
    reason: "wrong usage",
    files: { "composition.yaml": undefined, "composition.yaml/a.yaml": "{}" },
    code: 80,
    says: /composition\.yaml/,
  },
  "a folder for the XRD": {
    reason: "wrong usage",
    files: { "xrds/a.yaml": "{}" },
    flags: ["--xrd=xrds"],
    code: 80,
    says: /xrds/,
  },
  "a folder of observed": {
    reason: "its files are read",
    files: {
      "o/a.yaml": {
        ...CONFIG_MAP,
        metadata: {
          name: "x1",
          namespace: "default",
          annotations: { "crossplane.io/composition-resource-name": "config" },
        },
      },
    },
    pipeline: [...PIPELINE, ...echoes],
    flags: ["-o", "o"],
  },
  "a folder of credentials": {
    reason: "its files are read",
    files: {
      "c/a.yaml": { apiVersion: "v1", kind: "Secret", metadata: { name: "aws", namespace: "n" }, data: { a: "Yg==" } },
    },
    pipeline: [
      {
        script: { echo: "echo" },
        credentials: [{ name: "aws", source: "Secret", secretRef: { namespace: "n", name: "aws" } }],
      },
    ],
    flags: ["--function-credentials", "c"],
  },
  "a folder without YAML": {
    reason: "there must be some",
    files: { "o/a.json": "{}" },
    flags: ["-o", "o"],
    code: 1,
    says: /\bo\b/,
  },
  "an empty folder": {
    reason: "there must be some",
    files: { "o/below/a.yaml": "{}" },
    flags: ["-e", "o"],
    code: 1,
    says: /\bo\b/,
  },
  "a file in a folder that is no YAML": {
    reason: "it is named",
    files: { "o/a.yaml": json(map("a")), "o/b.yaml": "{" },
    flags: ["-e", "o"],
    code: 1,
    says: /\bo\b/,
  },
  "observed that is no YAML": { reason: "the file is named", observed: "{", code: 1, says: /observed\.yaml/ },
  "required that is no YAML": { reason: "the file is named", required: "{", code: 1, says: /required\.yaml/ },
  "credentials that are no YAML": { reason: "the file is named", credentials: "{", code: 1, says: /credentials\.yaml/ },
  "functions that are no YAML": { reason: "the file is named", functions: "{", code: 1, says: /functions\.yaml/ },
  "a Composition that is no YAML": {
    reason: "the file is named",
    composition: "{",
    code: 1,
    says: /composition\.yaml/,
  },
  "an empty Composition": { reason: "there is none", composition: "", code: 1, says: /composition\.yaml/ },
  "an empty observed file": { reason: "nothing is observed", observed: "" },
  "an empty required file": { reason: "there is nothing to require", required: "", pipeline: listed },
  "several documents in the Composition's file": {
    reason: "the first one counts",
    composition: `${json(compositionOf(XR, PIPELINE))}---\n{"kind": "Other"}\n`,
  },
  "a stream": stream("a document after the other", `${json(map("a"))}---\n${json(map("b"))}`),
  "a stream with an empty document": stream(
    "it is passed over",
    `---\n---\n${json(map("a"))}---\n\n---\n${json(map("b"))}`,
  ),
  "a stream that ends with a separator": stream("nothing comes after it", `${json(map("a"))}---\n`),
  "a stream with a document of comments": stream(
    "an object of nothing, which nobody finds",
    `${json(map("a"))}---\n# nothing\n---\n${json(map("b"))}`,
  ),
  "a stream that begins with comments": stream(
    "they belong to the first document",
    `# a stream\n\n---\n# the first\n${json(map("a"))}`,
  ),
  "a separator with a comment": stream(
    "it parts documents as well",
    `--- # first\n${json(map("a"))}--- # second\n${json(map("b"))}`,
  ),
  "a separator with spaces": stream("it parts documents as well", `${json(map("a"))}---   \n${json(map("b"))}`),
  "a separator with content": stream("it is no separator", `--- ${json(map("a"))}---\n${json(map("b"))}`, {
    code: 1,
    says: /required\.yaml/,
  }),
  "a separator in a block of text": stream(
    "three dashes at the beginning of a line part documents",
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  text: |\n    ---\n    b\n`,
  ),
  "four dashes": stream("they part nothing", `${json(map("a"))}----\n${json(map("b"))}`, {
    code: 1,
    says: /required\.yaml/,
  }),
  "an end of a document in a stream": stream(
    "what comes after it is lost, or not",
    `${json(map("a"))}...\n${json(map("b"))}`,
  ),
  "a stream with windows line ends": stream(
    "as any",
    `${json(map("a"))}---\n${json(map("b"))}`.replaceAll("\n", "\r\n"),
  ),
  "a List": stream("it is one object", json({ apiVersion: "v1", kind: "List", items: [map("a"), map("b")] })),
  "a stream without an end of line": stream("as any", JSON.stringify(map("a"))),
};
