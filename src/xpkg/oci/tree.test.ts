import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.js";
import { describe as describeBytes, digestOf } from "./digest.js";
import { extractImage } from "./extract-image.js";
import { type Layer } from "./image.js";
import { makeImage } from "./make-image.js";
import { OCI_LAYER } from "./media-types.js";
import { type PackedHeader, packTar } from "./tar.js";

/** Few names, so that entries meet each other, and ways out. */
const name = fc.constantFrom("a", "b", "c", "..", ".", ".wh.a", ".wh..wh..opq");
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
const target = fc.tuple(fc.constantFrom("", "/", "../../", "/../"), path).map(([start, rest]) => start + rest);
const entry: fc.Arbitrary<PackedHeader> = fc
  .tuple(fc.constantFrom("file", "directory", "symlink", "symlink", "link"), path, target)
  .map(([type, at, linkname]) => ({
    name: type === "directory" ? `${at}/` : at,
    mtime: new Date(0),
    ...(type !== "file" && { type: type as "directory" | "symlink" | "link" }),
    ...((type === "symlink" || type === "link") && { linkname }),
  }));

test("whatever an image holds, nothing is written, linked or pointed to outside of its folder", async () => {
  const outer = temporaryFolder({ "a/secret": "", b: "outside" });
  writeFileSync(join(outer, "a/secret"), "outside");
  let extracted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(entry, { maxLength: 8 }), { minLength: 1, maxLength: 3 }), async (layers) => {
      const root = join(outer, "deep/root");
      rmSync(join(outer, "deep"), { recursive: true, force: true });
      const image = makeImage({
        platform: { os: "linux", architecture: "amd64" },
        layers: await Promise.all(layers.map(layerOf)),
        created: 0,
      });
      await extractImage(image, root).then(
        () => extracted++,
        () => undefined,
      );
      expect(readdirSync(outer).sort()).toEqual(["a", "b", "deep"]);
      expect(readdirSync(join(outer, "a"))).toEqual(["secret"]);
      expect([readFileSync(join(outer, "b"), "utf8"), statSync(join(outer, "b")).nlink]).toEqual(["outside", 1]);
      expect(readdirSync(join(outer, "deep"))).toEqual(existsSync(root) ? ["root"] : []);
      for (const found of existsSync(root) ? below(root) : []) {
        expect(`${leadsTo(found)}${sep}`, found).toMatch(root + sep);
      }
    }),
    { numRuns: 400 },
  );
  expect(extracted).toBeGreaterThan(40);
});

/** All paths below a folder, links not followed. */
function below(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((child) => {
    const at = join(folder, child.name);
    return child.isDirectory() ? [at, ...below(at)] : [at];
  });
}

/** Where the system gets to at a path; for a link to nothing, the last folder on its way. */
function leadsTo(at: string): string {
  if (!lstatSync(at).isSymbolicLink() || existsSync(at)) return realpathSync(at);
  let left = resolve(realpathSync(dirname(at)), readlinkSync(at));
  while (!existsSync(left)) left = dirname(left);
  return realpathSync(left);
}

async function layerOf(entries: readonly PackedHeader[]): Promise<Layer> {
  const archive = packTar(async ({ add }) => {
    for (const header of entries) await add(header, header.type === undefined ? Buffer.from("inside") : undefined);
  });
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part);
  const bytes = Buffer.concat(parts);
  return { descriptor: describeBytes(bytes, OCI_LAYER), diffId: digestOf(bytes), read: async () => bytes };
}
