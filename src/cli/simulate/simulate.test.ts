import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type FakeIO, fakeIO } from "../../../test/support/fake-io.js";
import { repository } from "../../../test/support/repository.js";
import { simulatedBucket } from "../../../test/support/simulated-bucket.js";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { loadProject } from "../../project/load-project.js";
import { type SimulateInput } from "../../simulate/input.js";
import { run } from "../run.js";
import { type SimulateRequest } from "./request.js";
import { simulateOnce } from "./simulate-once.js";
import { storyOf } from "./story.js";

const tutorial = join(repository, "docs/tutorial");
const letters = `apiVersion: platform.example.org/v1alpha1
kind: XArchive
metadata: { namespace: records, name: letters }
spec: { region: eu-west-1 }
`;
const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: { namespace: records, name: writer }\n";
const composition = (name: string, kind = "XArchive") => `apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata: { name: ${name} }
spec:
  compositeTypeRef: { apiVersion: platform.example.org/v1alpha1, kind: ${kind} }
  mode: Pipeline
  pipeline: [{ step: archive, functionRef: { name: acme-function-archive } }]
`;

describe("what is simulated", () => {
  test("is the XR, with the project's platform", async () => {
    const { input } = await asked({ "xr.yaml": `${letters}---\n${account}` });
    expect(input.platform.compositions.map(named)).toHaveLength(1);
    expect(Object.keys(input.platform.functions)).toHaveLength(1);
    expect(input.platform.xrds.map(kindOf)).toEqual(["CompositeResourceDefinition"]);
    expect(input.stages).toMatchObject([{ until: "settled", limit: 3_600_000 }]);
    expect(input.stages[0]?.apply?.map(kindOf)).toEqual(["XArchive", "ServiceAccount"]);
  });

  test("is of a folder what is an XR, and nothing else", async () => {
    const { input } = await asked(
      {
        "team/a.yaml": letters,
        "team/b.yaml": `${account}---\n{ kind: Result }`,
        "team/c.yaml": letters.replace("letters", "photos"),
      },
      { positionals: ["team"] },
    );
    expect(input.stages[0]?.apply?.map(named)).toEqual(["letters", "photos"]);
  });

  test("goes on with stages in their order, and deletes what was applied by then", async () => {
    const { input } = await asked(
      { "xr.yaml": letters, "more.yaml": account },
      {
        later: [
          { does: "apply", path: "more.yaml" },
          { does: "delete", propagation: "Foreground" },
          { does: "apply", path: "xr.yaml" },
          { does: "delete", propagation: "Background" },
        ],
        until: "gone",
        limit: 60_000,
      },
    );
    const [, , first, , last] = input.stages;
    expect(first?.delete).toMatchObject([
      { object: { kind: "XArchive" }, propagation: "Foreground" },
      { object: { kind: "ServiceAccount" }, propagation: "Foreground" },
    ]);
    expect(last?.delete).toMatchObject([{ object: { kind: "XArchive" }, propagation: "Background" }]);
    expect(input.stages.map(({ until }) => until)).toEqual([undefined, undefined, undefined, undefined, "gone"]);
    expect(input.stages.every(({ limit }) => limit === 60_000)).toBe(true);
  });

  test("begins with what lies in the cluster, items of lists too", async () => {
    const list = "apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }]\n";
    const files = { "xr.yaml": letters, "live.yaml": list, "more.yaml": account, "keys.yaml": "data: { key: YQ== }" };
    const { input } = await asked(files, { observed: "live.yaml", required: ["more.yaml"], credentials: "keys.yaml" });
    expect(input.objects?.map(kindOf)).toEqual(["ConfigMap", "ServiceAccount", "Secret"]);
  });

  test("has faults from the first stage on", async () => {
    const files = { "xr.yaml": letters, "faults.yaml": "- { fault: slow, on: { kind: Bucket }, takes: 10m }" };
    const { input } = await asked(files, {
      faults: "faults.yaml",
      later: [{ does: "delete", propagation: "Background" }],
    });
    expect(input.stages.map(({ faults }) => faults)).toEqual([
      [{ fault: "slow", on: { kind: "Bucket" }, takes: 600_000 }],
      undefined,
    ]);
  });

  test("upgrades by YAML over what there is, or to another project", async () => {
    const files = { "xr.yaml": letters, "v2.yaml": `${composition("other", "XOther")}---\n${composition("second")}` };
    const { input } = await asked(files, {
      later: [
        { does: "upgrade", path: "v2.yaml" },
        { does: "upgrade", path: tutorial },
      ],
    });
    const [, yaml, project] = input.stages;
    expect(yaml?.upgrade?.compositions?.map(named)).toEqual([
      ...input.platform.compositions.map(named),
      "other",
      "second",
    ]);
    expect(Object.keys(yaml?.upgrade?.functions ?? {})).toEqual(Object.keys(input.platform.functions));
    expect(project?.upgrade?.compositions).toEqual(input.platform.compositions);
  });

  test("has the stand-ins of every version of the project", async () => {
    const folder = copyOfTutorial();
    const config = readFileSync(join(folder, "trimtab.config.ts"), "utf8");
    const standIns = 'standIns: [{ apiVersion: "sql.example.org/v1", kind: "Database" }],';
    writeFileSync(join(folder, "trimtab.config.ts"), config.replace("functions: [", `${standIns} functions: [`));
    const { input } = await asked({ "xr.yaml": letters }, { later: [{ does: "upgrade", path: folder }] });
    expect(input.standIns?.map(kindOf)).toEqual(["Database"]);
  });

  test("takes a Composition that is given in the place of the project's of that kind", async () => {
    const { input } = await asked(
      { "xr.yaml": letters, "composition.yaml": composition("mine") },
      { positionals: ["xr.yaml", "composition.yaml"] },
    );
    expect(input.platform.compositions.map(named)).toEqual(["mine"]);
    expect(input.platform.xrds).toHaveLength(1);
  });
});

describe("what cannot be simulated", () => {
  const cases: readonly { reason: string; files: Files; request?: Partial<SimulateRequest>; says: string }[] = [
    {
      reason: "what the XRD refuses has file, line and field",
      files: { "xr.yaml": letters.replace("eu-west-1", "[]") },
      says: "xr.yaml:4:9: spec.region",
    },
    {
      reason: "a function that its Composition calls is not there",
      files: {
        "xr.yaml": letters,
        "composition.yaml": composition("mine").replace(/name: \S*function-archive/, "name: nowhere"),
      },
      request: { positionals: ["xr.yaml", "composition.yaml"] },
      says: "of the Composition mine calls the function nowhere, which is not there",
    },
    { reason: "there is no XR", files: { "xr.yaml": account }, says: "cannot find an XR in xr.yaml" },
    {
      reason: "one object is there twice",
      files: { "xr.yaml": `${letters}---\n${letters}` },
      says: "cannot apply XArchive letters twice: it is in xr.yaml:1:1 and xr.yaml:6:1; name the file that counts",
    },
    {
      reason: "a later stage is no object",
      files: { "xr.yaml": letters, "b.yaml": "- 1" },
      request: { later: [{ does: "apply", path: "b.yaml" }] },
      says: "b.yaml:1:1: there is no object, with apiVersion and kind",
    },
    {
      reason: "there is nothing to upgrade to",
      files: { "xr.yaml": letters, "b.yaml": account },
      request: { later: [{ does: "upgrade", path: "b.yaml" }] },
      says: "cannot upgrade to b.yaml: it is no folder of a trimtab.config.ts, and there is no Composition, XRD or Function in it",
    },
    {
      reason: "a function listens that no step calls",
      files: { "xr.yaml": letters },
      request: { targets: new Map([["archive", "127.0.0.1:1"]]) },
      says: '--function has "archive", and no step of a Composition calls it; there are acme-function-archive',
    },
    {
      reason: "a fault is of a function that no step calls",
      files: { "xr.yaml": letters, "f.yaml": "- { fault: late, function: archive }" },
      request: { faults: "f.yaml" },
      says: 'f.yaml: [0].function is "archive"; no step of a Composition calls it; there are acme-function-archive',
    },
  ];
  test.each(cases)("$reason", async ({ files, request, says }) => {
    await expect(asked(files, request)).rejects.toThrow(says);
  });
});

test("a field that the XRD does not have is refused, with its place", async () => {
  const files = { "xr.yaml": letters.replace("region: eu-west-1 }", "region: eu-west-1, regoin: x }") };
  await expect(asked(files)).rejects.toThrow(/xr\.yaml:\d+:\d+: spec\.regoin is not in the XRD; remove it/);
});

test("a fault that nothing fits is said on stderr", async () => {
  const faults =
    "- { fault: slow, on: { kind: Buckett } }\n- { fault: slow, on: { kind: Bucket, resource: 'bu*t' } }\n- { fault: slow, on: { resource: a.b } }\n";
  const { io } = await asked({ "xr.yaml": letters, "faults.yaml": faults }, { faults: "faults.yaml" });
  const warnings = io.text("stderr").trimEnd().split("\n");
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toMatch(
    /^warning: faults: \[0\] \(slow\) strikes nothing: there was no kind Buckett, but Bucket, /,
  );
  expect(warnings[1]).toMatch(
    /^warning: faults: \[2\] \(slow\) strikes nothing: there was no resource a\.b, but bucket, /,
  );
});

test("the exit code is 255 where a function does not answer in time", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  onTestFinished(() => void silent.close());
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const folder = temporaryFolder({ "xr.yaml": letters });
  const io = fakeIO({ cwd: tutorial });
  const target = `acme-function-archive=127.0.0.1:${port}`;
  const code = await run(["simulate", join(folder, "xr.yaml"), "--function", target, "--timeout", "200ms"], io);
  expect(io.text("stdout")).toContain("has not answered within 0.2 s (--timeout)");
  expect(code).toBe(255);
});

test("the stack of a bug is said once", async () => {
  const folder = copyOfTutorial();
  const source = readFileSync(join(folder, "archive.ts"), "utf8");
  writeFileSync(
    join(folder, "archive.ts"),
    source.replace("if (!input", 'if (region) throw new Error("a bug");\n    if (!input'),
  );
  writeFileSync(join(folder, "xr.yaml"), letters);
  const io = fakeIO({ cwd: folder });
  expect(await run(["simulate", "xr.yaml"], io)).toBe(1);
  expect(io.text("stderr").match(/Error: a bug\n/g)).toHaveLength(1);
});

test("the objects at the end can be simulated from again, masked as they are", async () => {
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "login" },
    data: { password: btoa("hunter2!") },
  };
  const simulation = { timeline: [], stages: [], objects: [secret], cloud: [], mask: (text: string) => text };
  const { objects } = storyOf(simulation, { platform: { compositions: [], xrds: [], functions: {} }, stages: [] });
  expect(objects).toMatchObject([{ data: { password: btoa("***") } }]);
});

test("the exit code is that of the story, and progress has a line a stage", async () => {
  const { code, io } = await asked({ "xr.yaml": letters }, { output: "json" });
  expect(code).toBe(0);
  expect(io.text("stderr")).toBe("1/1 apply xr.yaml\n");
  expect(JSON.parse(io.text("stdout"))).toMatchObject({ passed: true });
  const upgraded = { later: [{ does: "upgrade" as const, path: tutorial }] };
  expect((await asked({ "xr.yaml": letters }, upgraded)).code).toBe(1);
});

test("progress on a terminal is a line that is taken away", async () => {
  const { io } = await asked({ "xr.yaml": letters }, {}, true);
  expect(io.text("stderr")).toContain("\r\u001b[2K1/1 apply xr.yaml  +14s  ");
  expect(io.text("stderr").endsWith("\r\u001b[2K")).toBe(true);
});

test("what really happens: the XR is ready, and gone once it is deleted", async () => {
  const folder = temporaryFolder({ "xr.yaml": letters });
  const io = fakeIO({ cwd: tutorial });
  const code = await run(["simulate", join(folder, "xr.yaml"), "--then", "delete"], io);
  expect(io.text("stderr")).toBe("");
  expect(io.text("stdout")).toContain("✔ ready     XArchive records/letters\n");
  expect(io.text("stdout")).toContain("✔ XArchive records/letters is gone");
  expect(code).toBe(0);
});

test("simulates again when the XR changes", async () => {
  const folder = copyOfTutorial();
  writeFileSync(join(folder, "xr.yaml"), letters);
  const io = fakeIO({ cwd: folder });
  const done = run(["simulate", "xr.yaml", "--watch"], io);
  await io.line(/^simulated in \d+ ms; waiting for changes$/);
  expect(io.text("stdout")).toContain("XArchive records/letters is ready");
  writeFileSync(join(folder, "xr.yaml"), letters.replace("letters", "photos"));
  await io.line(/^xr\.yaml changed; simulated in \d+ ms; waiting for changes$/);
  expect(io.text("stdout")).toContain("XArchive records/photos is ready");
  io.signals.emit("SIGINT");
  expect(await done).toBe(0);
});

describe("an upgrade to another project", () => {
  async function upgraded(change: (source: string) => string) {
    const folder = copyOfTutorial();
    writeFileSync(join(folder, "archive.ts"), change(readFileSync(join(folder, "archive.ts"), "utf8")));
    writeFileSync(join(folder, "xr.yaml"), letters);
    const io = fakeIO({ cwd: tutorial });
    const code = await run(["simulate", join(folder, "xr.yaml"), "--upgrade", folder], io);
    return { code, text: io.text("stdout") };
  }

  test("fails where it deletes something", async () => {
    const { code, text } = await upgraded((source) => source.replace(/settings: \(\{[\s\S]*?\}\),/, "settings: null,"));
    expect(text).toContain("    - deletes    ConfigMap settings\n");
    expect(code).toBe(1);
  });

  test("says what is abandoned for another of its kind, and how it would not be", async () => {
    const { code, text } = await upgraded((source) =>
      source
        .replaceAll("bucket: s3.Bucket", "store: s3.Bucket")
        .replaceAll(/\b(composed|observed)\.bucket/g, "$1.store"),
    );
    expect(text).toContain(`    ! abandons   Bucket bucket; formerly("bucket", …) would go on with it\n`);
    expect(text).toContain("    + adds       Bucket store\n");
    expect(text).toContain("    kept, though nothing composes it any more: bucket\n");
    expect(code).toBe(1);
  });

  test("changes nothing where it is the same", async () => {
    const { code, text } = await upgraded((source) => source);
    expect(text).toContain("the upgrade changes nothing that is composed");
    expect(code).toBe(0);
  });
});

/** Within the repository, so that it finds the toolkit. */
function copyOfTutorial(): string {
  const parent = join(repository, ".trimtab");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "simulate-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of ["archive.ts", "xarchive.ts", "trimtab.config.ts"])
    cpSync(join(tutorial, file), join(folder, file));
  return folder;
}

type Files = Readonly<Record<string, string>>;

/** What would be simulated of a command line, in the tutorial's project; the story is always that of the bucket. */
async function asked(
  files: Files,
  request: Partial<SimulateRequest> = {},
  isTTY = false,
): Promise<{ readonly input: SimulateInput; readonly io: FakeIO; readonly code: number }> {
  const folder = projectWith(files);
  const io = fakeIO({ cwd: folder });
  if (isTTY) Object.assign(io.stderr, { isTTY });
  let input: SimulateInput | undefined;
  const { simulation } = simulatedBucket();
  const code = await simulateOnce(
    { ...DEFAULTS, ...request },
    io,
    (at = tutorial) => loadProject(at),
    async (given, { onHappening }) => {
      input = given;
      const count = given.stages.length;
      const timeline = simulation.timeline.filter(({ stage }) => stage < count);
      for (const happening of timeline) onHappening(happening);
      return { ...simulation, timeline, stages: simulation.stages.slice(0, count) };
    },
  );
  if (!input) throw new Error("nothing was simulated");
  return { input, io, code };
}

const DEFAULTS: SimulateRequest = {
  positionals: ["xr.yaml"],
  later: [],
  until: "settled",
  limit: 3_600_000,
  faults: undefined,
  observed: undefined,
  required: [],
  schemas: undefined,
  xrd: undefined,
  crds: [],
  credentials: undefined,
  targets: new Map(),
  timeoutMs: 60_000,
  watch: false,
  output: "text",
  quiet: false,
  debug: false,
};

/** A folder with a configuration, so that there is a project to be loaded. */
function projectWith(files: Files): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries({ ...files, "trimtab.config.ts": "" })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const kindOf = (object: object) => (object as { readonly kind?: string }).kind;
const named = (object: object) => (object as { readonly metadata?: { readonly name?: string } }).metadata?.name;
