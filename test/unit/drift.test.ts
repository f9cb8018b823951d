import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "trimtab/synth";
import { expect, test } from "vitest";
import project from "../../trimtab.config.js";
import { repository } from "../support/repository.js";

// The YAML that is committed is what the TypeScript makes. To bring it up to date: npx trimtab synth
test.each([...synthesize(project)])("%s has not drifted", (path, text) => {
  const file = join(repository, path);
  expect(existsSync(file), `${path} is not there: run npx trimtab synth`).toBe(true);
  expect(readFileSync(file, "utf8"), `${path} has drifted: run npx trimtab synth`).toBe(text);
});
