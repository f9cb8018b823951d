// Compares trimtab render with the real crossplane composition render, in one run, and prints ratios.
//
//   npm run build && node bench/render.mjs        needs Go, for the real one
//
// - warm: one render in this process, parsed input to printed output, against one run of the real CLI
// - cold: one command of each. The real one needs the function to be listening: it is timed with the start of a trimtab
//   serve, and without, when that listens already
// - folder: 500 XRs in one call, against 50
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadProject } from "trimtab/project";
import { inProcess, print, readComposition, render } from "trimtab/render";
import { parse } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));
const at = (path) => join(root, path);
const bin = execFileSync(at("test/tools/build.sh"), ["cli", "core"], { encoding: "utf8" }).trim();
const trimtab = [process.execPath, at("dist/cli/main.js")];
const XR = "examples/read-write/xr.yaml";
const PORT = 19443;
const serve = [...trimtab, "serve", "--insecure", "--address", `127.0.0.1:${PORT}`, "bucket"];
const real = [
  ...[join(bin, "crossplane"), "composition", "render", XR, "compositions/xbucket.yaml", "examples/functions.yaml"],
  ...["--xrd=xrds/xbucket.yaml", "-x", `--crossplane-binary=${join(bin, "crossplane-core")}`],
  `--function-annotations=render.crossplane.io/runtime-development-target=127.0.0.1:${PORT}`,
];
const ours = [...trimtab, "render", XR, "-x", "--quiet"];

const folder = mkdtempSync(join(tmpdir(), "trimtab-bench-"));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const renderOnce = await warm();
  const rounds = [];
  for (let round = 0; round < 9; round++) {
    const server = await listening();
    const realCold = time(() => command(real));
    stop(server);
    rounds.push({
      realCold,
      realFromNothing: await timeAsync(async () => {
        const other = await listening();
        command(real);
        stop(other);
      }),
      ours: time(() => command(ours)),
      warm: await timeAsync(async () => {
        for (let count = 0; count < 100; count++) await renderOnce();
      }),
    });
  }
  const of = (name) => median(rounds.map((round) => round[name]));
  const ratio = (a, b) => median(rounds.map((round) => round[a] / round[b]));
  const warmRatio = ratio("realCold", "warm") * 100;
  const small = folderOf(50);
  const large = folderOf(500);
  const each = { small: median(timesOf(small, 3)) / 50, large: median(timesOf(large, 3)) / 500 };
  console.log(`real, function listening   ${of("realCold").toFixed(0)} ms`);
  console.log(`real, with trimtab serve   ${of("realFromNothing").toFixed(0)} ms`);
  console.log(`trimtab render, a command  ${of("ours").toFixed(0)} ms`);
  console.log(`trimtab render, in process ${(of("warm") / 100).toFixed(2)} ms`);
  console.log(`a folder, for each XR      ${each.small.toFixed(2)} ms of 50, ${each.large.toFixed(2)} ms of 500`);
  console.log(
    [
      `in process ${warmRatio.toFixed(0)} × faster than the real command`,
      `as a command ${ratio("realFromNothing", "ours").toFixed(2)} × the real one with a trimtab serve that it starts`,
      `${ratio("realCold", "ours").toFixed(2)} × where the function listens already`,
      `an XR of 500 costs ${(each.large / each.small).toFixed(2)} × one of 50`,
    ].join("; "),
  );
}

/** One render in this process: it must print what the command prints. */
async function warm() {
  const { project } = await loadProject(root);
  const xr = parse(readFileSync(at(XR), "utf8"));
  const composition = readComposition(parse(readFileSync(at("compositions/xbucket.yaml"), "utf8")));
  const functions = { "trimtab-function-bucket": inProcess(project.functions.find(({ name }) => name === "bucket")) };
  const renderOf = async (one) => print(await render({ xr: one, composition, functions }), { xr: one });
  const expected = spawnSync(ours[0], [...ours.slice(1, 3), XR, "compositions/xbucket.yaml", "-xq"], { cwd: root });
  if ((await renderOf(xr)) !== expected.stdout.toString()) throw new Error("cannot compare: the two renders differ");
  // Another XR each time: what was made for one is of no use to the next.
  let count = 0;
  const once = () => renderOf({ ...xr, metadata: { ...xr.metadata, name: `receipts-${count++}` } });
  while (count < 500) await once();
  return once;
}

async function listening() {
  const server = spawn(serve[0], serve.slice(1), { cwd: root, stdio: "ignore" });
  for (;;) {
    const isOpen = await new Promise((resolve) => {
      const socket = connect(PORT, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    if (isOpen) return server;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function stop(server) {
  server.kill("SIGKILL");
}

function folderOf(count) {
  const path = join(folder, String(count));
  mkdirSync(path);
  const xr = readFileSync(at(XR), "utf8");
  for (let index = 0; index < count; index++) {
    writeFileSync(join(path, `${index}.yaml`), xr.replace("name: receipts\n", `name: receipts-${index}\n`));
  }
  return [...trimtab, "render", path, "--quiet"];
}

function timesOf(args, runs) {
  return Array.from({ length: runs }, () => time(() => command(args)));
}

function command([program, ...args]) {
  const { status, stderr } = spawnSync(program, args, { cwd: root, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`cannot run ${program}: ${stderr}`);
}

function time(run) {
  const started = performance.now();
  run();
  return performance.now() - started;
}

async function timeAsync(run) {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
