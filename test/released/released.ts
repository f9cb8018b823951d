import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { simulate } from "../../src/simulate/index.js";
import { type JsonObject } from "../../src/wire/index.js";
import { platform } from "../support/platform.js";
import { repository } from "../support/repository.js";
import { objectsIn } from "../support/yaml-objects.js";

/** What a release has left in clusters: the objects of a case, as they were with it. */
export interface Left {
  readonly release: string;
  readonly name: string;
  /** What was applied. */
  readonly applied: readonly JsonObject[];
  /** What there was then. */
  readonly objects: readonly JsonObject[];
}

const folder = join(repository, "test/released");

/** All that releases have left, one case after the other. */
export function left(): readonly Left[] {
  const releases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return releases.flatMap(({ name: release }) =>
    readdirSync(join(folder, release)).map((file) => {
      const [first = "[]", ...rest] = readFileSync(join(folder, release, file), "utf8")
        .trimEnd()
        .split("\n");
      const objects = rest.map((line) => JSON.parse(line) as JsonObject);
      return { release, name: basename(file, ".jsonl"), applied: JSON.parse(first) as readonly JsonObject[], objects };
    }),
  );
}

/** What is applied in each case. */
const CASES: Readonly<Record<string, readonly string[]>> = {
  minimal: ["minimal/xr.yaml"],
  "access-key": ["access-key/xr.yaml"],
  "service-account": ["service-account/xr.yaml"],
  "two-consumers": ["two-consumers/xr.yaml"],
  "delete-with-force": ["delete-with-force/xr.yaml"],
  claim: ["claim/claim.yaml"],
  "shared-identity": ["shared-identity/identity.yaml", "shared-identity/xr.yaml"],
  everything: ["everything/xr.yaml"],
};

/** Writes down what the present version leaves. A release that is there stays as it is. */
export async function record(release: string): Promise<void> {
  if (existsSync(join(folder, release))) throw new Error(`cannot record ${release}: it is there already`);
  mkdirSync(join(folder, release));
  for (const [name, files] of Object.entries(CASES)) {
    const applied = files.flatMap((file) => objectsIn(join(repository, "examples", file))) as unknown as JsonObject[];
    const { objects } = await simulate({ platform, stages: [{ apply: applied }] });
    const lines = [applied, ...objects].map((each) => JSON.stringify(each));
    writeFileSync(join(folder, release, `${name}.jsonl`), `${lines.join("\n")}\n`);
  }
}
