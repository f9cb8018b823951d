import { expect, test } from "vitest";
import { fakeIO } from "../../../test/support/fake-io.js";
import { callFunction } from "../../../test/support/function-client.js";
import { anyXR, defineFunction } from "../../function/index.js";
import { run } from "../run.js";
import { functionProgram } from "./function-program.js";

const fn = defineFunction({
  name: "one",
  composite: anyXR({ group: "example.org" }),
  composes: {},
  compose: () => ({ resources: {} }),
});
const program = functionProgram(fn, "1.2.3");

test("serves its function until it is told to stop", async () => {
  const io = fakeIO();
  const done = program(["--insecure", "--address", "127.0.0.1:0"], io);
  const { address } = JSON.parse(await io.line(/"serving"/)) as { readonly address: string };
  expect((await callFunction(address, { meta: { tag: "a-tag" } })).meta?.tag).toBe("a-tag");
  io.signals.emit("SIGTERM");
  expect(await done).toBe(0);
});

test("takes the flags of trimtab serve, and explains them likewise, but for where it is measured and which it serves", async () => {
  const [own, ours] = [fakeIO(), fakeIO()];
  expect(await program(["--help"], own)).toBe(0);
  await run(["serve", "--help"], ours);
  const flags = (text: string) =>
    text
      .slice(text.indexOf("\nOPTIONS\n"))
      .split("\n")
      .filter((line) => !/--(metrics-address|all)\b/.test(line))
      .map((line) => line.trimEnd());
  expect(flags(own.text("stdout"))).toEqual(flags(ours.text("stdout")));
  expect(own.text("stdout")).toContain("USAGE one [OPTIONS]");
  expect(own.text("stdout")).toMatch(/--metrics-address.* Default: :8080, and nowhere with --insecure\./);
});

test("says its version", async () => {
  const io = fakeIO();
  expect(await program(["--version"], io)).toBe(0);
  expect(io.text("stdout")).toBe("1.2.3\n");
});

test.each([
  { line: "--nope", code: 80, says: /^one: cannot run one: there is no flag --nope; one --help says how$/ },
  { line: "two", code: 80, says: /^one: cannot run one: the argument "two" is one too many/ },
  { line: "", code: 1, says: /^one: cannot serve without certificates: / },
])("exits with $code for: one $line", async ({ line, code, says }) => {
  const io = fakeIO();
  expect(await program(line.split(" ").filter(Boolean), io)).toBe(code);
  expect(io.text("stderr").trimEnd()).toMatch(says);
});
