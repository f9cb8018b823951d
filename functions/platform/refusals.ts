import { ownerKeys } from "./make.js";
import { type CommonPlatform } from "./platform.js";
import { sameKeyRefusals, tagRefusals } from "./tags.js";

const policyArn = /^arn:[a-z-]+:iam::([0-9]{12}|aws):policy\/.+$/;

/** What the platform wrote and AWS would refuse, each with its field and the remedy. */
export function platformRefusals({
  tags,
  permissionsBoundary,
}: Pick<CommonPlatform, "tags" | "permissionsBoundary">): readonly string[] {
  const refused = [
    ...tagRefusals(tags, "input.tags"),
    ...sameKeyRefusals([...ownerKeys, ...Object.keys(tags)], "input.tags"),
  ];
  if (permissionsBoundary === undefined || policyArn.test(permissionsBoundary)) return refused;
  const given = permissionsBoundary.slice(0, 60);
  const remedy = "write arn:<partition>:iam::<account>:policy/<name>";
  return [...refused, `input.permissionsBoundary ${given} is not the ARN of a policy: ${remedy}`];
}
