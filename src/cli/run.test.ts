import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fakeIO } from "../../test/support/fake-io.js";
import { temporaryFolder } from "../../test/support/temporary-folder.js";
import { run } from "./run.js";

describe("run", () => {
  test.each([
    { line: "", says: /^trimtab: cannot run trimtab: no command is given; the commands are [a-z, ]+; / },
    { line: "sreve", says: /^trimtab: cannot run trimtab: there is no command "sreve"/ },
    { line: "--nope", says: /^trimtab: cannot run trimtab: there is no command "--nope"/ },
    {
      line: "synth --nope",
      says: /^trimtab: cannot run trimtab synth: there is no flag --nope; trimtab synth --help says how$/,
    },
    { line: "synth now", says: /cannot run trimtab synth: the argument "now" is one too many/ },
    { line: "serve --insecure=maybe", says: /the flag --insecure takes no value/ },
    {
      line: "serve --insecure --max-recv-message-size 4MB",
      says: /--max-recv-message-size "4MB" is not a whole number/,
    },
    {
      line: "serve --insecure --shutdown-timeout soon",
      says: /--shutdown-timeout must be a duration such as 30s or 1m30s, not "soon"/,
    },
    { line: "serve --insecure --shutdown-timeout -1s", says: /the flag --shutdown-timeout needs a value/ },
    { line: "serve --insecure --shutdown-timeout=-1s", says: /--shutdown-timeout must be from 0 to 596h, not -1s/ },
    {
      line: "xpkg",
      says: /cannot run trimtab xpkg: no command is given; the commands are build, push, inspect, extract/,
    },
    { line: "xpkg build --nope", says: /cannot run trimtab xpkg build: there is no flag --nope/ },
    { line: "xpkg push", says: /the argument REFERENCE is missing/ },
    { line: "generate a.yaml", says: /the flag --out is missing/ },
    { line: "generate --out models", says: /the argument FILE… is missing/ },
  ])("exits with 80 for wrong usage: trimtab $line", async ({ line, says }) => {
    const io = fakeIO({ cwd: temporaryFolder() });
    expect(await run(line.split(" ").filter(Boolean), io)).toBe(80);
    expect(io.text("stderr").trimEnd()).toMatch(says);
    expect(io.text("stdout")).toBe("");
  });

  test.each([
    { line: "serve", says: /cannot serve without certificates: say their folder with --tls-server-certs-dir/ },
    { line: "serve --insecure", says: /cannot find the project: there is no trimtab\.config\.ts/ },
    { line: "synth", says: /cannot find the project/ },
    { line: "generate nowhere.yaml --out models", says: /cannot read .*nowhere\.yaml: no such file or directory/ },
  ])("exits with 1 for what fails, without a stack: trimtab $line", async ({ line, says }) => {
    const io = fakeIO({ cwd: temporaryFolder() });
    expect(await run(line.split(" "), io)).toBe(1);
    expect(io.text("stderr")).toMatch(says);
    expect(io.text("stderr").trimEnd().split("\n")).toHaveLength(1);
  });

  test("shows where a bug is, unasked", async () => {
    const io = fakeIO({
      cwd: temporaryFolder({ "trimtab.config.ts": "const nothing: any = undefined;\nnothing.at.all;" }),
    });
    expect(await run(["synth"], io)).toBe(1);
    expect(io.text("stderr")).toMatch(
      /^trimtab: cannot load trimtab\.config\.ts .*\nTypeError: .*\n\s+at .*trimtab\.config\.ts:2/,
    );
  });

  test("shows the stack where it is asked for", async () => {
    const io = fakeIO({ cwd: temporaryFolder() });
    expect(await run(["synth", "--debug"], io)).toBe(1);
    expect(io.text("stderr")).toMatch(/\n\s+at .*load-project/);
  });

  test.each([
    { line: "--help", says: ["serve", "synth", "generate"] },
    { line: "serve --help", says: ["trimtab serve", "--insecure", "--address", "--tls-server-certs-dir"] },
    { line: "synth -h", says: ["trimtab synth", "--check"] },
    { line: "xpkg --help", says: ["build", "push", "inspect", "extract"] },
    { line: "xpkg build --help", says: ["[NAME…]", "--base", "--platform", "--cached-data"] },
    { line: "generate --nonsense --help", says: ["<FILE…>", "--out", "--docs"] },
  ])("explains: trimtab $line", async ({ line, says }) => {
    const io = fakeIO();
    expect(await run(line.split(" "), io)).toBe(0);
    for (const words of says) expect(io.text("stdout")).toContain(words);
    expect(io.text("stdout")).not.toContain("\u001b");
    expect(io.text("stderr")).toBe("");
  });

  test("says its version", async () => {
    const io = fakeIO();
    expect(await run(["--version"], io)).toBe(0);
    const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(manifest).toMatchObject({ version: io.text("stdout").trim() });
  });
});
