import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeRequest } from "trimtab/wire";
import { request as eight } from "../eight/request.mjs";
import { request as many } from "../many/xr.mjs";
import { encodedRequest as xbucket } from "../xbucket/request.mjs";
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

/** The requests, by name, each in a file below the folder: its path and how many bytes it has. */
export async function requests(folder) {
  const encoded = {
    eight: encodeRequest(eight()),
    // With what fifty resources of earlier steps of the pipeline add to it.
    upstream: encodeRequest(eight({ desired: 50 })),
    large: encodeRequest(eight({ observed: LARGE })),
    xbucket: await xbucket(),
    thousand: encodeRequest(many({ count: 1_000 })),
    tenThousand: encodeRequest(many({ count: 10_000 })),
  };
  return Object.fromEntries(
    Object.entries(encoded).map(([name, bytes]) => {
      const file = join(folder, `${name}.request`);
      writeFileSync(file, bytes);
      return [name, { file, bytes: bytes.length }];
    }),
  );
}

/** So many observed resources make a request of 587 KB. */
const LARGE = 104;
