import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { providerCRDsFor } from "../support/provider-crds.js";
import { repository } from "../support/repository.js";
import { commandLine, type HeardProcess, heardProcess } from "./cluster/heard-process.js";
import { commandsOf } from "./cluster/tour.js";
import { eventually } from "./control-plane/condition.js";
import { descendantsOf } from "./kubelet/processes.js";

// What a person does: `npm run cluster`, and then what its tour and docs/cluster.md say, in another shell.

const work = mkdtempSync(join(tmpdir(), "trimtab-cluster-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const WHAT = "npm run cluster";

/** What each command of the tour has to show, in order; by how it begins. */
const SHOWN: Readonly<Record<string, readonly RegExp[]>> = {
  "kubectl apply -f examples/read-write/xr.yaml": [/xbucket\S*\/receipts created/],
  "kubectl get xbucket -n payments -w": [/^receipts .* True +False /m, /^receipts .* True +True /m],
  "kubectl get managed -n payments": [/^bucket\.s3\.\S+ +True +True +payments-receipts-/m],
  "kubectl describe xbucket receipts": [/^ +Type: +Composed$/m, /^ +Type: +IdentityReady$/m],
  "crossplane resource trace": [
    /^XBucket\/receipts .*True +True/m,
    /Bucket\/receipts-.*True +True/,
    /Secret\/receipts/,
  ],
  "tail -n +1 -f": [/in cloud +Bucket payments\/receipts-/, /ready +XBucket payments\/receipts\b/],
  "kubectl describe secret receipts-bucket": [/^AWS_REGION: +\d+ bytes/m, /^BUCKET_NAME: +\d+ bytes/m],
  "kubectl edit xbucket receipts": [/xbucket\S*\/receipts edited/],
  "kubectl auth can-i create xbuckets -n payments": [/^yes$/m],
  "kubectl auth can-i create xbuckets -n default": [/^no$/m],
  "kubectl apply -f examples/claim/claim.yaml": [/xbucketclaim\S*\/invoices created/],
  "kubectl get configurations,functions,providers": [
    /^configuration\S*\/trimtab-configuration-xbucket +True +True/m,
    /^function\S*\/trimtab-function-bucket +True +True/m,
    /^provider\S*\/upbound-provider-aws-s3 +True +/m,
  ],
  "kubectl delete -f examples/read-write/xr.yaml": [/xbucket\S* "receipts" deleted/],
};

describe.skipIf(providerCRDsFor(WHAT).length === 0)(WHAT, () => {
  test("does what its tour says, and leaves nothing behind", async () => {
    const folder = join(work, "tour");
    const timeline = () => readFileSync(join(folder, "timeline.log"), "utf8");
    const cluster = start("--folder", folder);
    const tour = await cluster.printed([/Ctrl-C stops/], 240);
    console.log(/^up in .*/m.exec(cluster.stderr())?.[0]);

    const commands = commandsOf(tour);
    const isSetUp = (command: string) => /^(export|cd) /.test(command);
    const setUp = commands.filter(isSetUp).join("\n");
    const shown: string[] = [];
    for (const command of commands.filter((each) => !isSetUp(each))) {
      const [begin, patterns] = Object.entries(SHOWN).find(([begin]) => command.startsWith(begin)) ?? [];
      if (!begin || !patterns) throw new Error(`nobody knows what is shown by: ${command}`);
      await shows(`${setUp}\n${command}`, patterns);
      shown.push(begin);
    }
    expect(shown).toEqual(Object.keys(SHOWN));
    expect(timeline()).toMatch(/applied +XBucket payments\/receipts: spec\.consumers/);
    await eventually("the bucket to be kept", () => /kept +Bucket payments\/receipts-/.test(timeline()));

    await shows(`${setUp}\nkubectl diff -f docs/install/configuration.yaml && echo is the same`, [/^is the same$/m]);
    const [publish = "", bind = ""] = blocks("README.md").filter((block) => /xpkg|rolebinding/.test(block));
    await shows(`${setUp}\n${elsewhere(publish)}`, [/^127\S*\/readme\/trimtab\/configuration-xbucket@sha256:/m]);
    const canI = "kubectl auth can-i create xbuckets -n payments --as somebody --as-group payments-developers";
    await shows(`${setUp}\n${canI}\n${bind}${canI}`, [/^no\n.*created\nyes$/m]);
    const [build = "", fault = "", mend = ""] = blocks("docs/cluster.md").filter((block) => /xpkg|faults/.test(block));
    await shows(`${setUp}\n${build}`, [/^function\S*\/trimtab-function-bucket patched/m, /condition met/]);
    await shows(`${setUp}\n${fault}`, []);
    await eventually("the fault", () => /fault +Bucket payments\/invoices-\S+: blank-status/.test(timeline()));
    await shows(`${setUp}\n${mend}`, []);

    const second = start("--folder", folder);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toContain(`cannot start a cluster in ${folder}: one is up there`);

    const started = descendantsOf(cluster.pid);
    expect(started.length).toBeGreaterThan(10);
    const began = performance.now();
    // To its group, as a terminal does.
    cluster.signal("SIGINT");
    expect(await cluster.ended).toBe(0);
    expect((performance.now() - began) / 1000).toBeLessThan(20);
    expect(started.filter(isRunning)).toEqual([]);
  }, 600_000);

  test("runs a command, and stops with its exit code", async () => {
    const command = "kubectl get namespaces --output name; sleep 1; exit 7";
    const cluster = start("--folder", join(work, "exec"), "--exec", command);
    const printed = await cluster.printed([/namespace\/payments/], 240);
    const started = descendantsOf(cluster.pid);
    expect(await cluster.ended).toBe(7);
    expect(printed).toMatch(/^namespace\/crossplane-system\n/);
    expect(started.filter(isRunning)).toEqual([]);
  });

  // npm, or the program that it has started.
  test.each([/npm run/, /cluster\/main\.ts/])("leaves no processes behind where %s is killed", async (name) => {
    const folder = mkdtempSync(join(work, "killed-"));
    const cluster = start("--folder", folder);
    await eventually("a part of it", () => existsSync(join(folder, "kube-apiserver.log")), { seconds: 120 });
    const started = [cluster.pid, ...descendantsOf(cluster.pid)];
    process.kill(started.find((pid) => name.test(commandLine(pid))) ?? 0, "SIGKILL");
    await cluster.ended;
    await eventually("its processes to go", () => !started.some(isRunning), { seconds: 10 });
  });

  test.each([
    {
      title: "an option that there is not",
      args: ["--fodler", "x"],
      env: {},
      code: 2,
      says: "Unknown option '--fodler'",
    },
    {
      title: "no CRDs of the provider",
      args: [],
      env: { TRIMTAB_SHARED: "/nowhere" },
      code: 1,
      says: "cannot start a cluster:\n  no provider CRDs in /nowhere/crds; set TRIMTAB_SHARED",
    },
  ])("refuses $title", async ({ args, env, code, says }) => {
    const cluster = startWith(env, ["--folder", join(work, "refused"), ...args]);
    expect(await cluster.ended).toBe(code);
    expect(cluster.stderr()).toContain(says);
  });
});

const start = (...args: readonly string[]) => startWith({}, args);

function startWith(env: Readonly<Record<string, string>>, args: readonly string[]): HeardProcess {
  const cluster = heardProcess("npm", ["run", "--silent", "cluster", "--", ...args], env);
  onTestFinished(async () => {
    if (isRunning(cluster.pid)) cluster.signal("SIGTERM");
    await cluster.ended;
  });
  return cluster;
}

/** Runs commands as in a shell, until they have shown something; what would go on for ever is ended then. */
async function shows(script: string, patterns: readonly RegExp[]): Promise<void> {
  const shell = heardProcess("bash", ["-c", script], { KUBE_EDITOR: "sed -i s#incoming/#archive/#" });
  onTestFinished(() => {
    if (isRunning(shell.pid)) shell.signal("SIGKILL");
  });
  await shell.printed(patterns, 120);
  if (/ (-w|-f \S+\.log)$/.test(script)) shell.signal("SIGTERM");
  await shell.ended;
}

/** Commands that build and publish packages, where nothing else can be reached than this machine. */
function elsewhere(script: string): string {
  return script
    .replace("npx trimtab synth\n", "")
    .replace("--output packages", `--base "$BASE_IMAGE" --output ${work}/packages`)
    .replaceAll(" packages/", ` ${work}/packages/`)
    .replaceAll("registry.example.org", "$REGISTRY/readme");
}

/** What is to be typed in a page. */
function blocks(page: string): readonly string[] {
  return [...readFileSync(join(repository, page), "utf8").matchAll(/```sh\n([\s\S]*?)```/g)].map(
    ([, block = ""]) => block,
  );
}

/** A process that has ended, and that nobody has asked about, has no command line any more. */
const isRunning = (pid: number) => commandLine(pid) !== "";
