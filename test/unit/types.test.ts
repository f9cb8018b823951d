import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repository } from "../support/repository.js";

const lines = readFileSync(join(import.meta.dirname, "wrong-compositions.ts"), "utf8").split("\n");

/** Each mistake, with the line that the directive before it is about. */
const mistakes = lines.flatMap((line, index) => {
  const [, code, what] = /^\/\/ @ts-expect-error (\d+): (.*)$/.exec(line) ?? [];
  return code && what ? [{ what, code, line: index + 2 }] : [];
});

const folder = mkdtempSync(join(import.meta.dirname, ".types-"));
afterAll(() => rmSync(folder, { recursive: true }));

let errors: readonly { readonly line: number; readonly code: string }[] = [];
beforeAll(async () => {
  // Without the directives, so that the compiler says what it has against each.
  writeFileSync(join(folder, "wrong.ts"), lines.map((line) => line.replace("@ts-expect-error", "")).join("\n"));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../../tsconfig.json", include: ["wrong.ts"], exclude: [] }),
  );
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  const said = await promisify(execFile)(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
    cwd: folder,
  }).then(
    ({ stdout }) => stdout,
    (error: { readonly stdout: string }) => error.stdout,
  );
  errors = [...said.matchAll(/^wrong\.ts\((\d+),\d+\): error TS(\d+)/gm)].map(([, line, code]) => ({
    line: Number(line),
    code: code ?? "",
  }));
}, 60_000);

test("there are at least twenty mistakes", () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(20);
});

test.each(mistakes.map((mistake) => [mistake.what, mistake] as const))("refused: %s", (_, { code, line }) => {
  expect(errors.filter((error) => error.line === line).map((error) => error.code)).toContain(code);
});

test("nothing else is wrong", () => {
  const marked = new Set(mistakes.map(({ line }) => line));
  expect(errors.filter(({ line }) => !marked.has(line))).toEqual([]);
});
