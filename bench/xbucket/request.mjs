import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadProject } from "trimtab/project";
import { simulate } from "trimtab/simulate";
import { platformOf } from "trimtab/testing";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * What Crossplane asks of the function `bucket` once an XBucket is ready and nothing changes any more, encoded: the last that is
 * asked where one is simulated. 56 KB.
 */
export async function encodedRequest() {
  const { project } = await loadProject(root);
  const platform = platformOf(project);
  const name = "trimtab-function-bucket";
  let last;
  const recorded = (request) => {
    last = request;
    return platform.functions[name](request);
  };
  const xr = parse(readFileSync(`${root}/examples/read-write/xr.yaml`, "utf8"));
  const { stages } = await simulate({
    platform: { ...platform, functions: { ...platform.functions, [name]: recorded } },
    stages: [{ apply: [xr], until: "ready" }, { until: { ms: 10 * MINUTE } }],
  });
  if (!stages[0]?.isReached) throw new Error("cannot record a request: the simulated XBucket did not become ready");
  return last;
}

const MINUTE = 60_000;
