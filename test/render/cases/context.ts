import { functionAt, PIPELINE } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

const echoes = { script: { echo: "echo" } };

/** A case of what the context is made of, shown by -c and to a function. */
const seeded = (reason: string, flags: readonly string[], rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  pipeline: [echoes],
  flags: ["-c", ...flags],
  ...rest,
});

/** The context of the pipeline. */
export const contexts: RenderCases = {
  "no context": { reason: "-c shows that there is none", flags: ["-c"] },
  "a context that a function sets": {
    reason: "-c shows it",
    pipeline: [{ script: { context: { "example.org/a": { b: [1, null, "x"] } } } }, ...PIPELINE],
    flags: ["-c"],
  },
  "a context without -c": {
    reason: "nothing shows it, and functions have it",
    pipeline: [{ script: { context: { a: 1 } } }, echoes],
  },
  "a value": seeded("JSON", ['--context-values=a={"b": 1}']),
  "values of YAML": seeded("as YAML reads them", [
    "--context-values=text=hello",
    "--context-values=number=012",
    "--context-values=yes=yes",
    "--context-values=null=~",
    "--context-values=list=[a, b]",
    "--context-values=float=1e3",
    "--context-values=date=2024-01-01",
    "--context-values=equals=a=b",
    "--context-values=empty=",
  ]),
  "numbers that a message cannot hold": seeded(
    "rounded, without a function that would look at them",
    [
      "--context-values=big=9007199254740993",
      "--context-values=bigger=12345678901234567890",
      "--context-values=hex=0x7fffffffffffffff",
    ],
    { pipeline: [] },
  ),
  "a value without seeding a -c": {
    reason: "functions have it, and it is not shown",
    pipeline: [echoes],
    flags: ["--context-values=a=1"],
  },
  "a key of a domain": seeded("keys have slashes and dots", [
    "--context-values=apiextensions.crossplane.io/environment={}",
  ]),
  "two values in one flag": seeded("a comma or semicolon may part them", ["--context-values=a=1;b=2"]),
  "two values and a comma": seeded("a comma or semicolon may part them", ["--context-values=a=1,b=2"]),
  "the same key twice": seeded("the later one counts", ["--context-values=a=1", "--context-values=a=2"]),
  "a value without a key": seeded("wrong usage", ["--context-values=a"], { code: 80, says: /context-values/ }),
  "a value that is no YAML": seeded("its key is named", ["--context-values=a={"], { code: 1, says: /\ba\b/ }),
  "a file": seeded("YAML or JSON", ["--context-files=a=env.yaml"], {
    files: { "env.yaml": "region: eu\nlist:\n- 1\n- on\n" },
  }),
  "a file of several documents": seeded("the first one counts", ["--context-files=a=env.yaml"], {
    files: { "env.yaml": "---\na: 1\n---\nb: 2\n" },
  }),
  "an empty file": seeded("null", ["--context-files=a=env.yaml"], { files: { "env.yaml": "" } }),
  "a value over a file": seeded("the value counts", ["--context-files=a=env.yaml", "--context-values=a=1"], {
    files: { "env.yaml": "from: file\n" },
  }),
  "a value over a file that is not there": seeded(
    "the file is read all the same",
    ["--context-files=a=none.yaml", "--context-values=a=1"],
    { code: 1, says: /\ba\b|none\.yaml/ },
  ),
  "a file that is not there": seeded("its key is named", ["--context-files=a=none.yaml"], {
    code: 1,
    says: /\ba\b|none\.yaml/,
  }),
  "a folder for a file": seeded("it cannot be read", ["--context-files=a=env"], {
    files: { "env/a.yaml": "a: 1\n" },
    code: 1,
    says: /\ba\b|env/,
  }),
  "a file that is no YAML": seeded("its key is named", ["--context-files=a=env.yaml"], {
    files: { "env.yaml": "{" },
    code: 1,
    says: /\ba\b|env\.yaml/,
  }),
  "a function adds to it": seeded("both are shown", ["--context-values=a=1"], {
    pipeline: [{ script: { context: { b: 2 } } }, echoes],
  }),
  "a function replaces a value": seeded("its value is shown", ["--context-values=a={x: 1}"], {
    pipeline: [{ script: { context: { a: { y: 2 } } } }, echoes],
  }),
  "a function drops it": seeded("what it leaves is shown", ["--context-values=a=1"], {
    pipeline: [{ script: { upstreamContext: "drop" } }, echoes],
  }),
  "a function answers without one": seeded("there is none from there on", ["--context-values=a=1"], {
    pipeline: [{ script: { upstreamContext: "none" } }, echoes],
  }),
  "the last function answers without one": seeded("none is shown", ["--context-values=a=1"], {
    pipeline: [echoes, { script: { upstreamContext: "none" } }],
  }),
  "the calls of a function": {
    reason: "what it says in one call it is told in the next",
    pipeline: [{ script: { counts: "calls", grows: 2 } }, echoes],
    flags: ["-c"],
  },
  "steps that seed and show it": {
    reason: "their function is a step among others, which is not to be seen",
    pipeline: [{ step: "crossplane-render-inject-context", script: { context: { a: 1 } } }, echoes],
    flags: ["-rc", "--context-values=b=2"],
  },
  "a Function with the name of the one that seeds": {
    reason: "the CLI's own has the name",
    functions: [functionAt("crossplane-render-context", "{{function-two}}")],
    pipeline: [],
    flags: ["-c", "--context-values=a=1"],
    differs: { because: "ours says that the name is taken, instead of never calling the function", code: 1 },
    says: /crossplane-render-context/,
  },
  "a fatal result": seeded("nothing is shown", ["--context-values=a=1"], {
    pipeline: [{ script: { results: [{ severity: "Fatal", message: "over" }] } }],
    code: 1,
    says: /over/,
  }),
};
