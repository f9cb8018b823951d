import { parseArn } from "./arn.js";

/**
 * What is wrong with the ARN of a KMS key that shall encrypt a bucket in `region`, or undefined. An alias is refused:
 * a policy would not follow it.
 */
export function keyArnProblem(keyArn: string, region: string): string | undefined {
  const given = `key ARN ${JSON.stringify(keyArn)}`;
  if (!/^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key\/[A-Za-z0-9-]+$/.test(keyArn)) {
    return `${given} does not name one key: write arn:<partition>:kms:<region>:<account>:key/<id>`;
  }
  try {
    const key = parseArn(keyArn);
    if (key.region === region) return undefined;
    return `${given} is of region ${key.region} and the bucket of ${region}: S3 takes keys of the bucket's region alone`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
