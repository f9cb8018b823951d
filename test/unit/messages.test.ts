import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type OpenAPI } from "trimtab/schema";
import { describe, expect, test } from "vitest";
import { LegacyXBucket } from "../../xrds/legacyxbucket.js";
import { XBucket } from "../../xrds/xbucket.js";
import { XWorkloadIdentity } from "../../xrds/xworkloadidentity.js";
import { filesBelow } from "../support/files-below.js";
import { repository } from "../support/repository.js";
import { bucketSays } from "./messages/bucket.js";
import { identitySays } from "./messages/identity.js";
import { texts } from "./messages/literals.js";
import { literally, rowFor, rowsBelow } from "./messages/page.js";

// docs/xbucket.md has a row for every message that a developer can read, and none that nothing says.

const rows = rowsBelow("### Said by conditions");
const situations = [...Object.entries(bucketSays), ...Object.entries(identitySays)];

describe("what is said", () => {
  test.each(situations)("%s", (_, said) => {
    expect(said).not.toEqual([]);
    expect(said.filter((message) => !rowFor(message, rows))).toEqual([]);
  });

  test("no row says what nothing says", () => {
    const used = new Set(situations.flatMap(([, said]) => said.map((message) => rowFor(message, rows)?.message)));
    expect(rows.map(({ message }) => message).filter((message) => !used.has(message))).toEqual([]);
  });

  test("each text of the functions is said in some situation", () => {
    const said = situations.flatMap(([, messages]) => messages);
    const silent = sources()
      .flatMap(texts)
      .filter((pieces) => !said.some((message) => new RegExp(pieces.map(literally).join(".*")).test(message)));
    expect(silent.map((pieces) => pieces.join("…"))).toEqual([]);
  });
});

test("what the API server refuses is what the XRDs say", () => {
  const messages = [XBucket, LegacyXBucket, XWorkloadIdentity].flatMap(({ spec }) => rulesOf(spec.openapi));
  const written = rowsBelow("### When you apply it").map(({ message }) => message);
  expect(written.toSorted()).toEqual([...new Set(messages)].toSorted());
});

/** The functions, but for their input, which no developer writes, and for their specs. */
function sources(): readonly string[] {
  const files = ["bucket", "identity", "platform"].flatMap((room) =>
    filesBelow(join(repository, "functions", room), ".ts"),
  );
  const spoken = files.filter((file) => !/(\.test|\/testing|\/platform)\.ts$/.test(file));
  return spoken.map((file) => readFileSync(file, "utf8"));
}

function rulesOf(schema: OpenAPI): readonly string[] {
  const own = schema["x-kubernetes-validations"]?.flatMap(({ message }) => message ?? []) ?? [];
  const below = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties];
  return [...own, ...below.flatMap((inner) => (inner ? rulesOf(inner) : []))];
}
