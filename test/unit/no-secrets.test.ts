import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { simulate } from "../../src/simulate/index.js";
import { type JsonObject } from "../../src/wire/index.js";
import { fakeIO } from "../support/fake-io.js";
import { platform } from "../support/platform.js";
import { repository } from "../support/repository.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { objectsIn } from "../support/yaml-objects.js";

// Whatever a simulation is asked to say, it says no secret: not in clear, and not in any of the forms that secrets take.

const examples = ["access-key/xr.yaml", "rotation-2-published/xr.yaml", "everything/xr.yaml", "claim-with-key.yaml"];
const outputs = ["text", "json", "yaml", "junit", "html"];

const faults = `
- {on: {kind: AccessKey}, fault: flapping, for: 10m}
- {on: {resource: bucket}, fault: blank-status, from: 1m, for: 5m}
- {function: trimtab-function-bucket, fault: late, for: 1m}
`;

describe.each(examples)("%s", (example) => {
  const files = {
    "faults.yaml": faults,
    "claim-with-key.yaml": `
apiVersion: platform.trimtab.dev/v1alpha1
kind: XBucketClaim
metadata: {namespace: payments, name: invoices}
spec:
  region: eu-west-1
  consumers: [{serviceAccount: invoices-api, access: ReadWrite, credentials: AccessKey}]
  writeConnectionSecretToRef: {name: invoices-connection}
`,
  };

  test.each(outputs)(
    "%s",
    async (output) => {
      const folder = temporaryFolder(files);
      const file = example.includes("/") ? join(repository, "examples", example) : join(folder, example);
      const secrets = await secretsOf(objectsIn(file) as unknown as JsonObject[]);
      expect(secrets.length).toBeGreaterThan(1);

      const io = fakeIO({ cwd: repository });
      const more = ["--faults", join(folder, "faults.yaml"), "--limit", "20m", "--debug"];
      for (const stages of [[], ["--then", "delete"]]) {
        await run(["simulate", file, `--output=${output}`, ...stages, ...more], io);
      }
      const printed = io.text("stdout") + io.text("stderr");
      expect(printed.length).toBeGreaterThan(100);
      const found = secrets.flatMap(forms).filter((form) => printed.includes(form));
      // What was found must not be printed here either.
      expect(found.length).toBe(0);
    },
    60_000,
  );
});

/** The credentials that a simulation makes up. */
async function secretsOf(apply: readonly JsonObject[]): Promise<readonly string[]> {
  const secrets = new Set<string>();
  await simulate(
    { platform, stages: [{ apply }] },
    {
      onChange: ({ object: { kind, data } }) => {
        if (kind !== "Secret") return;
        for (const value of Object.values((data ?? {}) as JsonObject)) {
          const text = Buffer.from(String(value), "base64").toString();
          if (text.startsWith("Simulated")) secrets.add(text);
        }
      },
    },
  );
  return [...secrets];
}

function forms(secret: string): readonly string[] {
  return [
    secret,
    Buffer.from(secret).toString("base64"),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
}
