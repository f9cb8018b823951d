// Simulates as many XBuckets as it is told, ten in a namespace, until all are ready; prints seconds and memory as JSON.
import { fileURLToPath } from "node:url";
import { loadProject } from "trimtab/project";
import { simulate } from "trimtab/simulate";
import { platformOf } from "trimtab/testing";

const count = Number(process.argv[2]);
const { project } = await loadProject(fileURLToPath(new URL("..", import.meta.url)));
const platform = platformOf(project);
const xbucket = (index) => ({
  apiVersion: "platform.trimtab.dev/v1alpha1",
  kind: "XBucket",
  metadata: { namespace: `team-${Math.floor(index / 10)}`, name: `bucket-${index}` },
  spec: { region: "eu-west-1", consumers: [{ serviceAccount: `api-${index}`, access: "ReadWrite" }] },
});
const warm = () => simulate({ platform, stages: [{ apply: [xbucket(0)], until: "ready" }] });
for (let round = 0; round < 5; round++) await warm();

const used = () => process.memoryUsage().rss / 2 ** 20;
const base = used();
const began = performance.now();
const apply = Array.from({ length: count }, (_, index) => xbucket(index));
const { stages } = await simulate({ platform, stages: [{ apply, until: "ready" }] });
const seconds = (performance.now() - began) / 1000;
if (!stages[0]?.isReached) throw new Error("not every XBucket became ready");
console.log(JSON.stringify({ count, seconds, megabytes: used(), base }));
