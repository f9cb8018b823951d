import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Script } from "../../../test/render/script/script.js";
import { type ScriptedFunctions, serveScripted } from "../../../test/render/script/serve-scripted.js";
import { fakeIO } from "../../../test/support/fake-io.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { type JsonObject } from "../../wire/index.js";
import { writeYAML } from "../../yaml/index.js";
import { run } from "../run.js";

let functions: ScriptedFunctions;
beforeAll(async () => {
  functions = await serveScripted();
});
afterAll(() => functions.stop());

const base64 = (value: string | Uint8Array) => Buffer.from(value as Uint8Array).toString("base64");
const bytes = Uint8Array.from({ length: 24 }, (_, index) => 255 - index * 7);
const lines = "-----BEGIN FAKE KEY-----\nZmFrZWZha2VmYWtl\nc2VjcmV0c2VjcmV0\n-----END FAKE KEY-----\n";

const secret = (fields: object, name = "given") => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { namespace: "default", name },
  ...fields,
});
const configMap = (data: object) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { namespace: "default", name: "copy" },
  data,
});
const composes = (...manifests: readonly object[]): Script => ({
  resources: Object.fromEntries(
    manifests.map((manifest, index) => [`r${index}`, { manifest: manifest as JsonObject }]),
  ),
});

interface Case {
  readonly reason: string;
  readonly script: Script;
  readonly required?: readonly object[];
  readonly observed?: readonly object[];
  readonly spec?: object;
  /** What stands nowhere. */
  readonly hides: readonly string[];
  readonly shows?: readonly string[];
  /** Whether it is hidden without the flag, too. Default: false. */
  readonly isAlwaysMasked?: boolean;
}

const cases: Record<string, Case> = {
  "stringData of a composed Secret, and a copy": {
    reason: "what is written as text is as secret as what is written in base64",
    script: composes(secret({ stringData: { token: "fake-token" } }), configMap({ copy: "x=fake-token" })),
    hides: ["fake-token"],
    shows: ["token: '***'", "copy: x=***"],
  },
  "stringData of a given Secret": {
    reason: "a function may copy it",
    script: composes(configMap({ copy: "fake-token", coded: base64("fake-token") })),
    required: [secret({ stringData: { token: "fake-token" } })],
    hides: ["fake-token", base64("fake-token")],
  },
  "bytes that are no text": {
    reason: "their base64 is what others would copy",
    script: composes(
      secret({ data: { key: base64(bytes) } }),
      configMap({ padded: base64(bytes), url: Buffer.from(bytes).toString("base64url") }),
    ),
    hides: [base64(bytes), Buffer.from(bytes).toString("base64url")],
    shows: ["key: '***'", "padded: '***'"],
  },
  "values below 4 characters, in the Secret alone": {
    reason: "a PIN is a secret; masking it everywhere would shred all else",
    script: composes(
      secret({ data: { pin: base64("907") }, stringData: { own: "86x" } }),
      configMap({ note: "a907b" }),
    ),
    hides: [base64("907"), "86x"],
    shows: ["pin: '***'", "own: '***'", "note: a907b"],
  },
  "a copy in the status of the XR": {
    reason: "what a function writes there is no proof that it is public",
    script: {
      ...composes(secret({ stringData: { token: "fake-token" } })),
      composite: { status: { t: "fake-token" } },
    },
    hides: ["fake-token"],
    shows: ["t: '***'"],
  },
  "nothing that stands in the XR as given": {
    reason: "regions are connection details too",
    script: composes(secret({ data: { region: base64("eu-west-1"), token: base64("fake-token") } })),
    spec: { region: "eu-west-1" },
    hides: [base64("fake-token")],
    shows: [`region: ${base64("eu-west-1")}`],
  },
  "nothing that is observed in clear": {
    reason: "names of buckets are connection details too",
    script: composes(secret({ stringData: { bucket: "fake-bucket", token: "fake-token" } })),
    observed: [
      {
        apiVersion: "s3/v1",
        kind: "Bucket",
        metadata: {
          namespace: "default",
          name: "b",
          annotations: {
            "crossplane.io/composition-resource-name": "b",
            "crossplane.io/external-name": "fake-bucket",
          },
        },
      },
    ],
    hides: ["fake-token"],
    shows: ["bucket: fake-bucket"],
  },
  "a Secret within another object": {
    reason: "provider-kubernetes and the like compose those",
    script: composes({
      apiVersion: "kubernetes.crossplane.io/v1alpha2",
      kind: "Object",
      metadata: { namespace: "default", name: "wrapped" },
      spec: { forProvider: { manifest: secret({ stringData: { token: "fake-token", pin: "86x" } }) } },
    }),
    hides: ["fake-token", "86x"],
  },
  "such a one that is observed": {
    reason: "it stands in a spec, and is no public value for all that",
    script: composes(configMap({ copy: "fake-token" })),
    observed: [
      {
        apiVersion: "kubernetes.crossplane.io/v1alpha2",
        kind: "Object",
        metadata: {
          namespace: "default",
          name: "wrapped",
          annotations: { "crossplane.io/composition-resource-name": "wrapped" },
        },
        spec: { forProvider: { manifest: secret({ stringData: { token: "fake-token" } }) } },
      },
    ],
    hides: ["fake-token"],
  },
  "what kubectl keeps of a Secret": {
    reason: "it is the whole Secret once more",
    script: composes({
      ...secret({ stringData: { pin: "86x" } }),
      metadata: {
        namespace: "default",
        name: "applied",
        annotations: { "kubectl.kubernetes.io/last-applied-configuration": '{"stringData":{"pin":"86x"}}' },
      },
    }),
    hides: ["86x"],
  },
  "a number that is a copy": {
    reason: "a password of digits is easily taken for a number",
    script: composes(secret({ stringData: { pin: "90754321" } }), {
      ...configMap({}),
      spec: { pin: 90754321, port: 5432 },
    }),
    hides: ["90754321"],
    shows: ["port: 5432"],
  },
  "what is no text": {
    reason: "one odd Secret does not end the whole run",
    script: composes(
      secret({ data: { none: null, number: 90754321 }, stringData: { flag: true, text: "fake-token" } }),
      secret({ data: null, stringData: "fake-other" }, "odd"),
    ),
    required: [secret({ data: { none: null, number: 5 }, stringData: null })],
    hides: ["fake-token", "fake-other", "90754321"],
    shows: ["none: null", "number: '***'"],
  },
  "a warning": {
    reason: "functions that are not ours mask nothing",
    script: {
      ...composes(secret({ stringData: { token: "fake-token" } })),
      results: [{ severity: "Warning", message: "bad fake-token" }],
    },
    hides: ["fake-token"],
  },
  "an error of a function": {
    reason: "nothing is rendered, but what was given is known",
    script: { throws: "cannot log in with fake-token" },
    required: [secret({ data: { token: base64("fake-token") } })],
    hides: ["fake-token"],
    shows: ["cannot log in with ***"],
    // Whoever runs a function masks what it throws.
    isAlwaysMasked: true,
  },
  "a fatal result": {
    reason: "likewise",
    script: { results: [{ severity: "Fatal", message: "cannot log in with fake-token" }] },
    required: [secret({ data: { token: base64("fake-token") } })],
    hides: ["fake-token"],
    shows: ["cannot log in with ***"],
  },
};

describe("--redact masks", () => {
  describe.each(["yaml", "json", "junit"])("in %s", (output) => {
    test.each(Object.entries(cases))(
      "%s",
      async (_, { script, required, observed, spec, hides, shows, reason, isAlwaysMasked = false }) => {
        const files = { ...inputs(script, spec), ...streams({ required, observed }) };
        const args = [
          ...(required ? ["-e", "required.yaml"] : []),
          ...(observed ? ["-o", "observed.yaml"] : []),
          ...["--output", output, "--debug", "--include-function-results"],
        ];
        const plain = await render(files, args);
        const said = plain.stdout + plain.stderr;
        const { code, stdout, stderr } = await render(files, [...args, "--redact"]);
        expect(code, reason).toBe(plain.code);
        for (const text of hides) expect(stdout + stderr, reason).not.toContain(text);
        if (output !== "yaml") return;
        for (const text of hides.slice(0, 1)) expect(said.includes(text)).toBe(!isAlwaysMasked);
        for (const text of shows ?? []) expect(stdout + stderr, reason).toContain(text);
      },
    );
  });
});

describe("--redact --diff", () => {
  const difference = async (before: Script, after: Script) => {
    const earlier = await render(inputs(before), []);
    return render({ ...inputs(after), "before.yaml": earlier.stdout }, ["--diff", "before.yaml", "--redact"]);
  };

  test("masks what has several lines, and shows that it changed", async () => {
    const before = composes(secret({ stringData: { key: lines, other: "fake-other" } }));
    const after = composes(secret({ stringData: { key: lines.replace("ZmFr", "ZmFs"), other: "fake-other" } }));
    const { code, stdout } = await difference(before, after);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^-\s+key: '?\*\*\* \(\d\)'?\n\+\s+key: '?\*\*\* \(\d\)'?\n/m);
    expect(stdout).not.toMatch(/FAKE KEY|ZmF|c2Vj|fake-other/);
    const [old, now] = [...stdout.matchAll(/^[-+]\s+key: (.*)$/gm)].map(([, mark]) => mark);
    expect(old).not.toBe(now);
  });

  test("a value has the same mark wherever it stands", async () => {
    const before = composes(configMap({ a: "x" }));
    const after = composes(
      configMap({ a: "fake-token", b: "fake-other" }),
      secret({ data: { t: base64("fake-token") }, stringData: { o: "fake-other" } }),
    );
    const { stdout } = await difference(before, after);
    expect(stdout).toMatch(/\+\s+a: '\*\*\* \(1\)'\n\+\s+b: '\*\*\* \(2\)'\n/);
    expect(stdout).toMatch(/\+\s+t: '\*\*\* \(1\)'\n/);
    expect(stdout).toMatch(/\+\s+o: '\*\*\* \(2\)'\n/);
  });

  test("is empty where nothing differs", async () => {
    const same = composes(secret({ stringData: { key: lines } }));
    expect(await difference(same, same)).toMatchObject({ code: 0, stdout: "" });
  });
});

describe("what functions say", () => {
  const hostile = "a\x1b[2Jb\nwarning: forged\u202e";

  test("neither steers the terminal nor passes for another line", async () => {
    const script: Script = { ...composes(), results: [{ severity: "Warning", message: hostile }] };
    const { stderr } = await render(inputs(script), []);
    expect(stderr).toBe('warning: Pipeline step "one": a\\x1b[2Jb\\nwarning: forged\\u202e\n');
    const json = await render(inputs(script), ["--output", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ results: [{ warnings: [`Pipeline step "one": ${hostile}`] }] });
  });

  test("nor does it where it is fatal", async () => {
    const script: Script = { results: [{ severity: "Fatal", message: hostile }] };
    const { stderr } = await render(inputs(script), []);
    expect(stderr).toContain(": a\\x1b[2Jb\n  warning: forged\\u202e\n");
  });

  test("is told apart where several XRs are rendered", async () => {
    const script: Script = { ...composes(), results: [{ severity: "Warning", message: "careful" }] };
    const files = { ...inputs(script), "other.yaml": writeYAML(xr("other", {})) };
    const { stderr } = await render(files, [], ["xr.yaml", "other.yaml"]);
    expect(stderr).toBe(
      ["one", "other"].map((name) => `Thing default/${name}: warning: Pipeline step "one": careful\n`).join(""),
    );
  });
});

const xr = (name: string, spec: object) => ({
  apiVersion: "test.example.org/v1",
  kind: "Thing",
  metadata: { namespace: "default", name },
  spec: spec as JsonObject,
});

/** An XR, and a Composition of one step that does what the script says. */
function inputs(script: Script, spec: object = {}): Record<string, string> {
  const input = { apiVersion: "test.example.org/v1", kind: "Script", ...script } as unknown as JsonObject;
  const composition = {
    apiVersion: "apiextensions.crossplane.io/v1",
    kind: "Composition",
    metadata: { name: "things" },
    spec: {
      compositeTypeRef: { apiVersion: "test.example.org/v1", kind: "Thing" },
      mode: "Pipeline",
      pipeline: [
        {
          step: "one",
          functionRef: { name: "function-one" },
          input,
          requirements: {
            requiredResources: [
              { requirementName: "all", apiVersion: "v1", kind: "Secret", namespace: "default", name: "given" },
            ],
          },
        },
      ],
    },
  };
  return { "xr.yaml": writeYAML(xr("one", spec)), "composition.yaml": writeYAML(composition) };
}

function streams(all: Readonly<Record<string, readonly object[] | undefined>>): Record<string, string> {
  const given = Object.entries(all).filter(([, objects]) => objects !== undefined);
  return Object.fromEntries(
    given.map(([name, objects = []]) => [
      `${name}.yaml`,
      objects.map((object) => `---\n${writeYAML(object as JsonObject)}`).join(""),
    ]),
  );
}

async function render(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  xrs: readonly string[] = ["xr.yaml"],
) {
  const io = fakeIO({ cwd: temporaryFolder(files) });
  const target = `function-one=${functions.addresses["function-one"]}`;
  const code = await run(["render", ...xrs, "composition.yaml", "--function", target, ...args], io);
  return { code, stdout: io.text("stdout"), stderr: io.text("stderr") };
}
