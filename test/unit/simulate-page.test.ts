import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { fakeIO } from "../support/fake-io.js";
import { repository } from "../support/repository.js";

test("docs/simulate.md shows what its first command prints", async () => {
  const page = readFileSync(join(repository, "docs/simulate.md"), "utf8");
  const [, command = "", printed] = /```console\n\$ trimtab (.*)\n([\s\S]*?)```/.exec(page) ?? [];
  const io = fakeIO({ cwd: repository });
  expect(await run(command.split(" "), io)).toBe(0);
  expect(io.text("stdout")).toBe(printed);
});
