import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fakeIO } from "../../../test/support/fake-io.js";
import { repository } from "../../../test/support/repository.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { run } from "../run.js";

// What the real CLI does too is compared with it, in test/render; here is what only Trimtab does.

const tutorial = join(repository, "docs/tutorial");

const letters = `apiVersion: platform.example.org/v1alpha1
kind: XArchive
metadata:
  namespace: records
  name: letters
spec:
  region: eu-west-1
  ownKey: true
`;
const photos = letters.replace("name: letters", "name: photos").replace("ownKey: true", "ownKey: false");

const key = (owner: string) => `apiVersion: kms.aws.m.upbound.io/v1beta1
kind: Key
metadata:
  namespace: records
  name: ${owner}-key
  annotations: { crossplane.io/composition-resource-name: key }
  labels: { crossplane.io/composite: ${owner} }
  ownerReferences:
    - { apiVersion: platform.example.org/v1alpha1, kind: XArchive, name: ${owner}, uid: "${owner}-uid", controller: true }
spec: { forProvider: { region: eu-west-1 } }
`;
const withUid = (text: string, uid: string) => text.replace("metadata:\n", `metadata:\n  uid: ${uid}\n`);

describe("trimtab render, in a project", () => {
  test("finds the Composition and the functions, and explains what waits", async () => {
    const { code, stdout, stderr } = await render({ "xr.yaml": letters }, ["xr.yaml"]);
    expect(code).toBe(0);
    expect(kindsIn(stdout)).toEqual(["XArchive", "Bucket", "BucketServerSideEncryptionConfiguration", "Key"]);
    expect(stderr).toBe("waits:   settings needs the bucket's ARN\n");
  });

  test("says nothing on stderr if it is told to", async () => {
    expect((await render({ "xr.yaml": letters }, ["xr.yaml", "--quiet"])).stderr).toBe("");
  });

  test("refuses what the XRD refuses, with file, line, field and value", async () => {
    const wrong = letters.replace("ownKey: true", "ownKey: often\n  regoin: x");
    const { code, stdout, stderr } = await render({ "xr.yaml": wrong }, ["xr.yaml"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^trimtab: cannot admit XArchive: xr\.yaml:8:3: spec\.ownKey must be .*boolean.*"often"/);
  });

  test("warns of a field that would be dropped", async () => {
    const { code, stderr } = await render({ "xr.yaml": `${letters}  regoin: x\n` }, ["xr.yaml"]);
    expect(code).toBe(0);
    expect(stderr).toContain("warning: xr.yaml:9:3: spec.regoin is not in the XRD, and is dropped\n");
  });

  test("says where the field stands that a function refuses", async () => {
    const wrong = letters.replace("eu-west-1", "us-east-1");
    const { code, stderr } = await render({ "xr.yaml": wrong }, ["xr.yaml"]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'cannot render xr.yaml:7:3: pipeline step "archive" returned a fatal result: spec.region us-east-1 is not offered here',
    );
  });

  test("lists what is deleted", async () => {
    const files = { "xr.yaml": withUid(photos, "photos-uid"), "observed.yaml": key("photos") };
    const { code, stderr } = await render(files, ["xr.yaml", "-o", "observed.yaml"]);
    expect(code).toBe(0);
    expect(stderr).toContain("deletes: Key records/photos-key (key)\n");
  });

  test("says what to do where there is no Composition for the kind", async () => {
    const { code, stderr } = await render({ "xr.yaml": letters.replace("XArchive", "XOther") }, ["xr.yaml"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot find a Composition of XOther .* add one to compositions, or give COMPOSITION/);
  });

  test("an output that there is not is wrong usage", async () => {
    const { code, stderr } = await render({ "xr.yaml": letters }, ["xr.yaml", "--output", "xml"]);
    expect(code).toBe(80);
    expect(stderr).toContain('the flag --output takes yaml, json, junit, not "xml"');
  });

  test("--function calls a function that listens elsewhere", async () => {
    const args = ["xr.yaml", "--function", "acme-function-archive=127.0.0.1:1", "--timeout", "300ms"];
    const { code, stderr } = await render({ "xr.yaml": letters }, args);
    expect(code).toBe(255);
    expect(stderr).toMatch(/the Function acme-function-archive at 127\.0\.0\.1:1 has not answered within 0\.3 s/);
  });

  test("a Function that would need Docker is refused with both remedies", async () => {
    const functions =
      "apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: { name: fn }\nspec: { package: x/y:v1 }\n";
    const composition = `apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata: { name: archives }
spec:
  compositeTypeRef: { apiVersion: platform.example.org/v1alpha1, kind: XArchive }
  mode: Pipeline
  pipeline: [{ step: one, functionRef: { name: fn } }]
`;
    const files = { "xr.yaml": letters, "composition.yaml": composition, "functions.yaml": functions };
    const { code, stderr } = await render(files, ["xr.yaml", "composition.yaml", "functions.yaml"]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "--function fn=HOST:PORT or with the annotations render.crossplane.io/runtime: Development",
    );
  });
});

describe("several XRs", () => {
  const files = {
    "in/b.yaml": `${withUid(photos, "photos-uid")}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n`,
    "in/a.yaml": letters,
    "in/notes.txt": "none",
    "observed.yaml": `${key("photos")}---\n${key("others")}`,
  };

  test("a folder gives each of its XRs, each with what it composes itself", async () => {
    const { code, stdout, stderr } = await render(files, ["in", "-o", "observed.yaml"]);
    expect(code).toBe(0);
    expect(kindsIn(stdout).filter((kind) => kind === "XArchive")).toHaveLength(2);
    expect(stderr.match(/deletes: .*/g)).toEqual(["deletes: Key records/photos-key (key)"]);
  });

  test("those that cannot be rendered do not stop the others", async () => {
    const wrong = { ...files, "in/a.yaml": letters.replace("eu-west-1", "us-east-1") };
    const { code, stdout, stderr } = await render(wrong, ["in/a.yaml", "in/b.yaml"]);
    expect(code).toBe(1);
    expect(stdout).toContain("name: photos");
    expect(stderr).toContain("in/a.yaml:7:3");
  });

  test("a file that is no YAML does not either", async () => {
    const { code, stdout, stderr } = await render({ ...files, "in/c.yaml": "a: [" }, ["in"]);
    expect(code).toBe(1);
    expect(stdout).toContain("name: photos");
    expect(stderr).toContain("cannot read in/c.yaml:2:1: ");
  });

  test("a file that is named has to have one", async () => {
    const wrong = { ...files, "typo.yaml": letters.replace("XArchive", "XArchve") };
    const { code, stdout, stderr } = await render(wrong, ["in/a.yaml", "typo.yaml"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("cannot find an XR in typo.yaml");
  });

  test("a report says what kept all of them from being rendered", async () => {
    const { code, stdout } = await render(files, ["in", "-o", "nowhere.yaml", "--output", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      results: [{ outcome: "failed", error: expect.stringContaining("nowhere.yaml") }],
    });
  });

  test("a folder without one is an error", async () => {
    const { code, stderr } = await render({ "in/a.yaml": "kind: ConfigMap\n" }, ["in"]);
    expect(code).toBe(1);
    expect(stderr).toContain("cannot find an XR in in");
  });

  test("--output json reports each", async () => {
    const wrong = { ...files, "in/a.yaml": letters.replace("eu-west-1", "us-east-1") };
    const { code, stdout } = await render(wrong, ["in", "-o", "observed.yaml", "--output", "json"]);
    expect(code).toBe(1);
    const { results } = JSON.parse(stdout) as { readonly results: readonly object[] };
    expect(results).toMatchObject([
      { file: "in/a.yaml", outcome: "failed", error: expect.stringContaining("us-east-1"), objects: [] },
      {
        file: "in/b.yaml",
        xr: { apiVersion: "platform.example.org/v1alpha1", kind: "XArchive", namespace: "records", name: "photos" },
        outcome: "rendered",
        error: "",
        objects: [{ kind: "XArchive" }, { kind: "Bucket" }],
        waiting: ["settings needs the bucket's ARN"],
        kept: [],
        deleted: ["Key records/photos-key (key)"],
        warnings: [],
        problems: [],
      },
    ]);
  });

  test("--output junit reports each", async () => {
    const wrong = { ...files, "in/a.yaml": letters.replace("eu-west-1", "us-east-1") };
    const { stdout } = await render(wrong, ["in", "--output", "junit"]);
    expect(stdout).toContain('<testsuite name="trimtab render" tests="2" failures="1" errors="0" skipped="0">');
    expect(stdout).toContain('<testcase name="XArchive records/letters" classname="in/a.yaml" file="in/a.yaml">');
    expect(stdout).toMatch(/<failure message="cannot render in\/a\.yaml:7:3: .*" type="failed">/);
  });
});

describe("--crds", () => {
  const crd = (field: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: buckets.s3.aws.m.upbound.io }
spec:
  group: s3.aws.m.upbound.io
  names: { kind: Bucket, plural: buckets }
  scope: Namespaced
  versions:
    - name: v1beta1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                forProvider: { type: object, properties: { ${field}: { type: string } } }
`;

  test("passes what the CRDs allow, and says what none is for", async () => {
    const files = { "xr.yaml": photos, "crds/a.yaml": crd("region") };
    const { code, stderr } = await render(files, ["xr.yaml", "--crds", "crds"]);
    expect(code).toBe(0);
    expect(stderr).not.toContain("refused");
  });

  test("takes a list of them, and refuses files without any", async () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n${crd("location").replace(/^/gm, "    ").replace("    ", "  - ")}`;
    const { stderr } = await render({ "xr.yaml": photos, "crds.yaml": list }, ["xr.yaml", "--crds", "crds.yaml"]);
    expect(stderr).toContain("spec.forProvider.region is not in the CRD");
    const none = await render({ "xr.yaml": photos, "crds.yaml": photos }, ["xr.yaml", "--crds", "crds.yaml"]);
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("there is neither a CRD nor an XRD in it") });
  });

  test("refuses what they do not", async () => {
    const files = { "xr.yaml": letters, "crds/a.yaml": crd("location") };
    const { code, stdout, stderr } = await render(files, ["xr.yaml", "--crds", "crds"]);
    expect(code).toBe(1);
    expect(kindsIn(stdout)).toContain("Bucket");
    expect(stderr).toMatch(/refused: Bucket letters-\w+ \(bucket\): spec\.forProvider\.region is not in the CRD\n/);
    expect(stderr).toMatch(/unchecked: Key letters-\w+ \(key\): no CRD is given for it\n/);
  });
});

describe("--diff", () => {
  test("prints nothing where an earlier output is the same", async () => {
    const { stdout } = await render({ "xr.yaml": letters }, ["xr.yaml"]);
    expect(
      await render({ "xr.yaml": letters, "before.yaml": stdout }, ["xr.yaml", "--diff", "before.yaml", "-q"]),
    ).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("prints a diff of each object that differs, and exits with 1", async () => {
    const before = await render({ "xr.yaml": letters }, ["xr.yaml"]);
    const files = { "xr.yaml": letters.replace("ownKey: true", "ownKey: false"), "before.yaml": before.stdout };
    const { code, stdout } = await render(files, ["xr.yaml", "--diff", "before.yaml"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^--- Key\.kms\.aws\.m\.upbound\.io records\/letters-\w+\n\+\+\+ \/dev\/null\n/m);
    expect(stdout).not.toContain("Bucket.s3");
  });

  test("what no XR has any more is printed once, at the end", async () => {
    const files = { "a.yaml": letters, "b.yaml": photos };
    const before = await render(files, ["a.yaml", "b.yaml"]);
    const args = ["a.yaml", "--diff", "before.yaml"];
    const { code, stdout } = await render({ ...files, "before.yaml": before.stdout }, args);
    expect(code).toBe(1);
    expect(stdout.match(/^--- \w+/gm)).toEqual(["--- XArchive", "--- Bucket"]);
    expect(stdout).not.toContain("letters");
    const both = await render({ ...files, "before.yaml": before.stdout }, [
      "a.yaml",
      "b.yaml",
      "--diff",
      "before.yaml",
    ]);
    expect(both).toMatchObject({ code: 0, stdout: "" });
  });

  test("reports have it as well", async () => {
    const before = await render({ "xr.yaml": letters }, ["xr.yaml"]);
    const files = { "xr.yaml": letters.replace("ownKey: true", "ownKey: false"), "before.yaml": before.stdout };
    const json = await render(files, ["xr.yaml", "--diff", "before.yaml", "--output", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      results: [{ difference: expect.stringContaining("--- Key.kms") }],
    });
    const junit = await render(files, ["xr.yaml", "--diff", "before.yaml", "--output", "junit"]);
    expect(junit.stdout).toContain('failures="1"');
    expect(junit.stdout).toContain('<failure message="differs:" type="rendered">differs:\n');
  });

  test("against a cluster it is what Crossplane applied that counts", async () => {
    const live = (region: string) => `apiVersion: v1
kind: List
items:
  - apiVersion: s3.aws.m.upbound.io/v1beta1
    kind: Bucket
    metadata:
      namespace: records
      name: photos-b
      uid: some
      resourceVersion: "7"
      annotations: { crossplane.io/composition-resource-name: bucket, trimtab.dev/composed-by: archive }
      labels: { crossplane.io/composite: photos }
      ownerReferences: [{ apiVersion: platform.example.org/v1alpha1, kind: XArchive, name: photos, uid: photos-uid, controller: true }]
    spec: { forProvider: { region: ${region}, objectLockEnabled: false } }
    status: { conditions: [] }
  - { apiVersion: v1, kind: Secret, metadata: { namespace: records, name: of-somebody, uid: else, resourceVersion: "1" } }
`;
    const observed = live("eu-west-1")
      .replace(/^.*items:\n {2}- /s, "")
      .replace(/ {2}- \{ apiVersion: v1.*/s, "");
    const files = (region: string) => ({
      "xr.yaml": withUid(photos, "photos-uid"),
      "observed.yaml": observed.replaceAll("\n    ", "\n"),
      "live.yaml": live(region),
    });
    const args = ["xr.yaml", "-o", "observed.yaml", "--diff", "live.yaml", "-q"];
    expect(await render(files("eu-west-1"), args)).toEqual({ code: 0, stdout: "", stderr: "" });
    const { code, stdout } = await render(files("eu-central-1"), args);
    expect(code).toBe(1);
    expect(stdout).toContain("-    region: eu-central-1\n+    region: eu-west-1\n");
  });
});

describe("--redact", () => {
  test("masks what Secrets hold, and nothing else", async () => {
    const example = join(repository, "examples/access-key");
    const paths = ["xr.yaml", "-o", "observed.yaml", "-e", "required.yaml"];
    const plain = await run2(example, paths);
    const { code, stdout } = await run2(example, [...paths, "--redact"]);
    expect(code).toBe(0);
    expect(plain.stdout).toMatch(/secret-access-key: (?!'?\*\*\*)\S{20,}/);
    expect(stdout).toMatch(/secret-access-key: '?\*\*\*'?\n/);
    expect(stdout.split("\n")).toHaveLength(plain.stdout.split("\n").length);
  });
});

function render(files: Readonly<Record<string, string>>, args: readonly string[]) {
  const folder = temporaryFolder(files);
  const written = new Set(Object.keys(files).flatMap((path) => [path, path.split("/")[0] ?? path]));
  // The project is the tutorial's: paths of files are those of the folder, and messages have them without it.
  const placed = args.map((arg) => (written.has(arg) ? join(folder, arg) : arg));
  return run2(tutorial, placed, `${folder}/`);
}

async function run2(cwd: string, args: readonly string[], hidden = "") {
  const io = fakeIO({ cwd });
  const code = await run(["render", ...args], io);
  const text = (of: "stdout" | "stderr") => (hidden ? io.text(of).replaceAll(hidden, "") : io.text(of));
  return { code, stdout: text("stdout"), stderr: text("stderr") };
}

function kindsIn(output: string): readonly string[] {
  return [...output.matchAll(/^kind: (\S+)$/gm)].map(([, kind = ""]) => kind);
}
