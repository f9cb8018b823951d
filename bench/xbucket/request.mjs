import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadProject } from "trimtab/project";
import { simulate } from "trimtab/simulate";
import { platformOf } from "trimtab/testing";
import { decodeRequest } from "trimtab/wire";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * What Crossplane asks of the function `bucket` once XBuckets are ready and nothing changes any more, encoded: of each the last that is
 * asked, where so many are simulated, each in a namespace of its own. 55 KB each.
 */
export async function encodedRequests(count) {
  const { project } = await loadProject(root);
  const platform = platformOf(project);
  const name = "trimtab-function-bucket";
  const last = new Map();
  const recorded = (request) => {
    last.set(namespaceOf(request), request);
    return platform.functions[name](request);
  };
  const xr = parse(readFileSync(`${root}/examples/read-write/xr.yaml`, "utf8"));
  const apply = Array.from({ length: count }, (_, place) => {
    const namespace = `payments-${String(place).padStart(3, "0")}`;
    return { ...xr, metadata: { ...xr.metadata, namespace } };
  });
  const { stages } = await simulate({
    platform: { ...platform, functions: { ...platform.functions, [name]: recorded } },
    stages: [{ apply, until: "ready" }, { until: { ms: 10 * MINUTE } }],
  });
  if (!stages[0]?.isReached) throw new Error("cannot record requests: the simulated XBuckets did not become ready");
  return [...last.values()];
}

const MINUTE = 60_000;

function namespaceOf(request) {
  return decodeRequest(request).observed?.composite?.resource?.metadata.namespace;
}
