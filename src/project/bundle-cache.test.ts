import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.js";
import { bundler } from "./bundle.js";
import { storeBundle, storedBundle } from "./bundle-cache.js";

test.each([
  { name: "nothing", changed: undefined, isKept: true },
  { name: "the module itself", changed: "module.ts", isKept: false },
  { name: "what it imports", changed: "part.ts", isKept: false },
  { name: "a file that tells where it is", changed: "place.ts", isKept: false },
  { name: "data", changed: "data.json", isKept: false },
  { name: "settings", changed: "tsconfig.json", isKept: false },
])("a bundle does not count if $name was saved between reading and storing", async ({ changed, isKept }) => {
  const root = temporaryFolder({
    "module.ts": `export * from "./part.js"; export * from "./place.js"; export { default } from "./data.json";`,
    "part.ts": "export const part = 1;",
    "place.ts": "export const place = import.meta.url;",
    "data.json": "{}",
  });
  const made = await bundler(join(root, "module.ts"), root);
  onTestFinished(() => made.close());
  const bundle = await made.bundle();
  if (changed !== undefined) writeFileSync(join(root, changed), "{ }\n// later");
  storeBundle(root, bundle, "1");
  expect(storedBundle(root, "1") !== undefined).toBe(isKept);
  expect(storedBundle(root, "2")).toBeUndefined();
});
