import { functionAt, servedFunctions } from "../both/defaults.js";
import { type RenderCase, type RenderCases } from "../both/render-case.js";

const one = functionAt("function-one", "{{function-one}}");
const plain = { ...one, metadata: { name: "function-one" } };
const runtime = "render.crossplane.io/runtime";
const target = "render.crossplane.io/runtime-development-target";

/** A case of what functions.yaml holds. */
const functions = (reason: string, functions: RenderCase["functions"], rest: Partial<RenderCase> = {}): RenderCase => ({
  reason,
  ...(functions !== undefined && { functions }),
  pipeline: [{ script: { echo: "echo" } }],
  ...rest,
});

/** The functions file, and annotations on the command line. */
export const functionFiles: RenderCases = {
  "a Function of v1beta1": functions("it is one as well", { ...one, apiVersion: "pkg.crossplane.io/v1beta1" }),
  "a Function of an unknown version": functions(
    "it is none",
    { ...one, apiVersion: "pkg.crossplane.io/v2" },
    { code: 1, says: /pkg\.crossplane\.io\/v2|function-one/ },
  ),
  "something else than a Function": functions("it is named", [one, { ...one, kind: "Provider" }], {
    code: 1,
    says: /Provider/,
  }),
  "two Functions of one name": functions("the later one is called", [
    one,
    functionAt("function-one", "{{function-two}}"),
  ]),
  "Functions that no step calls": functions("nobody minds", servedFunctions()),
  "a Function that no step calls and nobody serves": functions("nobody minds", [
    one,
    functionAt("idle", "127.0.0.1:9"),
  ]),
  "an unknown runtime": functions(
    "it is named",
    { ...one, metadata: { name: "function-one", annotations: { [runtime]: "Podman" } } },
    { code: 1, says: /function-one[\s\S]*Podman|Podman[\s\S]*function-one/ },
  ),
  "an unknown runtime of a Function that no step calls": functions(
    "it is named all the same",
    [one, { ...one, metadata: { name: "idle", annotations: { [runtime]: "Podman" } } }],
    { code: 1, says: /idle[\s\S]*Podman|Podman[\s\S]*idle/ },
  ),
  "a runtime in another case": functions(
    "it is another",
    { ...one, metadata: { name: "function-one", annotations: { [runtime]: "development" } } },
    { code: 1, says: /development/ },
  ),
  "a folder of files": functions("its .yaml and .yml files", undefined, {
    files: {
      "functions.yaml": undefined,
      "fns/b.yml": [functionAt("function-two", "{{function-two}}")],
      "fns/a.yaml": one,
      "fns/c.json": "{",
    },
    args: ["xr.yaml", "composition.yaml", "fns"],
    pipeline: [{ script: {} }, { function: "function-two", script: { echo: "echo" } }],
  }),
  "-a gives the annotations": functions("over a Function that has none", plain, {
    flags: ["-a", `${runtime}=Development`, "-a", `${target}={{function-one}}`],
  }),
  "-a overrides annotations": functions("for every Function", servedFunctions(), {
    flags: [`--function-annotations=${target}={{function-three}}`],
  }),
  "-a with a comma": functions("two annotations", plain, {
    flags: ["-a", `${runtime}=Development,${target}={{function-one}}`],
  }),
  "-a twice for one annotation": functions("the later one counts", plain, {
    flags: ["-a", `${runtime}=Podman`, "-a", `${runtime}=Development`, "-a", `${target}={{function-one}}`],
  }),
  "-a with an equals sign in the value": functions("it is part of the value", one, {
    flags: ["-a", "example.org/note=a=b"],
  }),
  "-a without an equals sign": functions("wrong", one, { flags: ["-a", "note"], code: 1, says: /note/ }),
  "-a without a value": functions("empty", one, { flags: ["-a", "example.org/note="] }),
  "-a without Functions": functions("nobody looks at it", [], { flags: ["-a", "note"], code: 1 }),
  "unknown fields": functions("they are passed over", { ...one, spec: { package: "x", other: 1 }, more: true }),
  "an annotation that is no text": functions(
    "it is made one",
    { ...one, metadata: { name: "function-one", annotations: { [runtime]: true } } },
    { code: 1, says: /true/ },
  ),
  "a Function without a name": functions(
    "no step finds it",
    { ...one, metadata: { annotations: one.metadata.annotations } },
    { code: 1, says: /function-one/ },
  ),
  "an empty file": functions("there are none", "", { code: 1, says: /function-one/ }),
  "a file of comments": functions("a document of nothing is no Function", "# nothing\n", { code: 1 }),
  "empty documents": functions("they are no Functions", `---\n---\n${JSON.stringify(one)}\n---\n`, {
    code: 1,
    says: /[Ff]unction/,
  }),
  "no functions": functions("they are an argument", undefined, {
    files: { "functions.yaml": undefined },
    args: ["xr.yaml", "composition.yaml"],
    code: 1,
    says: /[Ff]unctions/,
  }),
};
