import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeRequest } from "trimtab/wire";
import { request as eight } from "../eight/request.mjs";
import { request as many } from "../many/xr.mjs";
import { encodedRequests as xbuckets } from "../xbucket/request.mjs";
import { goProgram } from "./go-program.mjs";
import { packaged } from "./packaged.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What may be compared: for each composition its servers, by the names that the report has for them. */
export async function contenders(folder) {
  const go = goProgram();
  const sdk = (module, name) => async (port) => [
    ...[process.execPath, at("sdk-server.mjs"), at(`../${module}/theirs.mjs`), name, String(port)],
  ];
  return {
    eight: named({
      ours: await packaged({ name: "archive", entry: "bench/eight/ours.mjs" }, folder),
      sdk: sdk("eight", "compose"),
      ...(go && { go }),
    }),
    xbucket: named({
      ours: await packaged({ name: "bucket", entry: "functions/bucket/function.ts" }, folder),
      sdk: sdk("xbucket", "compose"),
    }),
    many: named({
      ours: await packaged({ name: "configs", entry: "bench/many/ours.mjs" }, folder),
      sdk: sdk("many", "oneByOne"),
      atOnce: sdk("many", "atOnce"),
    }),
  };
}

function named(commands) {
  return Object.fromEntries(Object.entries(commands).map(([name, commandAt]) => [name, { name, commandAt }]));
}

/** What answers with the bytes of a file, and reads nothing. */
export function echo(file) {
  return { name: "echo", commandAt: async (port) => [process.execPath, at("echo-server.mjs"), file, String(port)] };
}

/**
 * The requests, by name, in files below the folder: their paths, and how many bytes the first has. Of most there are several,
 * each for an XR of its own, since a function is asked for one after the other: what is known of one is of no use to the next.
 */
export async function requests(folder) {
  const ofEight = (options) => places.map((place) => renamed(encodeRequest(eight(options)), place));
  const encoded = {
    eight: ofEight({}),
    // With what fifty resources of earlier steps of the pipeline add to it.
    upstream: ofEight({ desired: 50 }),
    large: ofEight({ observed: LARGE }),
    xbucket: await xbuckets(SEVERAL),
    thousand: [encodeRequest(many({ count: 1_000 }))],
    tenThousand: [encodeRequest(many({ count: 10_000 }))],
  };
  return Object.fromEntries(
    Object.entries(encoded).map(([name, all]) => {
      const files = all.map((bytes, place) => {
        const file = join(folder, `${name}-${place}.request`);
        writeFileSync(file, bytes);
        return file;
      });
      return [name, { files, bytes: all[0].length }];
    }),
  );
}

/** So many observed resources make a request of 587 KB. */
const LARGE = 104;

const SEVERAL = 64;
const places = Array.from({ length: SEVERAL }, (_, place) => place);

/** The same for another XR: its name, and all uids, are others of the same length. */
function renamed(bytes, place) {
  const number = String(place).padStart(4, "0");
  const text = Buffer.from(bytes).toString("latin1");
  return Buffer.from(
    text
      .replaceAll("orders-archive-production", `orders-archive-prod-${number}o`)
      .replaceAll("3f4b6c1e-7a52", `3f4b6c1e-${number}`),
    "latin1",
  );
}
