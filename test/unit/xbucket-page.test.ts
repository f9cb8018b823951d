import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type OpenAPI } from "trimtab/schema";
import { run } from "trimtab/testing";
import { describe, expect, test } from "vitest";
import { bucket } from "../../functions/bucket/function.js";
import { input, safe, working, xbucket } from "../../functions/bucket/testing.js";
import { XBucket } from "../../xrds/xbucket.js";
import { XWorkloadIdentity } from "../../xrds/xworkloadidentity.js";
import { repository } from "../support/repository.js";

// docs/xbucket.md leaves nothing out that a developer can write or is given.

const page = readFileSync(join(repository, "docs/xbucket.md"), "utf8");
const code = [...page.matchAll(/`([^`\n]+)`/g)].map(([, text = ""]) => text);
const missing = (names: readonly string[]) =>
  names.filter((name) => !code.some((text) => text.split(/[^A-Za-z0-9_-]/).includes(name)));

test.each([XBucket, XWorkloadIdentity])("names every field of $kind", ({ spec, status }) => {
  expect(missing([...fieldsOf(spec.openapi), ...fieldsOf(status.openapi)])).toEqual([]);
});

test.each([XBucket, XWorkloadIdentity])("names every choice of $kind", ({ spec }) => {
  expect(missing(choicesOf(spec.openapi))).toEqual([]);
});

describe("names what there is with", () => {
  test.each(["PodIdentity", "IRSA", "AccessKey"] as const)("%s", (credentials) => {
    const { desired, resources } = run(bucket, {
      xr: xbucket({ credentials, createServiceAccount: true }, { deletion: { policy: "Delete" }, ...features }),
      input: { ...input, endpoint: "http://localhost:4566" },
      observed: { ...safe, consumers: { api: working[credentials] } },
    });
    const keys = Object.keys(desired.consumers["api"]?.secret?.data ?? {});
    expect(keys).not.toEqual([]);
    expect(missing(keys)).toEqual([]);
    expect(Object.values(resources).filter(({ kind }) => !page.includes(kind))).toEqual([]);
  });
});

const features = {
  lifecycle: [{ expireAfterDays: 7 }],
  cors: [{ allowedOrigins: ["https://app.example.org"], allowedMethods: ["GET"] }],
  logging: { targetBucket: "example-access-logs" },
  objectLock: { mode: "GOVERNANCE", days: 1 },
} as const;

function fieldsOf(schema: OpenAPI): readonly string[] {
  return below(schema).flatMap(([name, inner]) => [...(name ? [name] : []), ...fieldsOf(inner)]);
}

function choicesOf(schema: OpenAPI): readonly string[] {
  return [...(schema.enum ?? []).map(String), ...below(schema).flatMap(([, inner]) => choicesOf(inner))];
}

/** What is right below a schema: its fields by name, and its items without one. */
function below({ properties = {}, items }: OpenAPI): readonly (readonly [string, OpenAPI])[] {
  return [...Object.entries(properties), ...(items ? [["", items] as const] : [])];
}
