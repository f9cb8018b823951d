import { bucketNameProblem } from "./bucket-name.js";
import { isPartition, type Partition, partitionProblem, regionProblem } from "./partition.js";

/** An Amazon Resource Name in its parts (AWS General Reference, Amazon Resource Names). */
export interface Arn {
  readonly partition: Partition;
  readonly service: string;
  /** Empty for what is global, such as IAM. */
  readonly region: string;
  /** 12 digits, `aws` for what AWS itself owns, or empty where the name is unique without it, such as S3. */
  readonly account: string;
  /** All that follows, such as `role/reader`. May hold colons. */
  readonly resource: string;
}

export type ArnParts = Omit<Arn, "region" | "account"> & {
  /** Default: none. */
  readonly region?: string;
  /** Default: none. */
  readonly account?: string;
};

/** Writes an ARN. Throws if a part is not of its form. */
export function formatArn({ partition, service, region = "", account = "", resource }: ArnParts): string {
  const problem = partsProblem([partition, service, region, account, resource]);
  if (problem) throw new Error(`cannot write an ARN: ${problem}`);
  return ["arn", partition, service, region, account, resource].join(":");
}

/** Reads an ARN. Throws if the text is not one. */
export function parseArn(text: string): Arn {
  const [scheme, partition = "", service = "", region = "", account = "", ...rest] = text.split(":");
  const resource = rest.join(":");
  const problem =
    scheme !== "arn"
      ? "it must begin with arn:<partition>:<service>:"
      : partsProblem([partition, service, region, account, resource]);
  if (problem || !isPartition(partition)) throw new Error(`cannot read the ARN ${JSON.stringify(text)}: ${problem}`);
  return { partition, service, region, account, resource };
}

/** The ARN of a bucket. Throws if the name breaks a rule of {@link bucketNameProblem}. */
export function bucketArn(partition: Partition, name: string): string {
  const problem = bucketNameProblem(name);
  if (problem) throw new Error(`cannot write the ARN of a bucket: ${problem}`);
  return formatArn({ partition, service: "s3", resource: name });
}

/** What is wrong with the ARN of a bucket, or undefined. A wildcard or a path in it is. */
export function bucketArnProblem(text: string): string | undefined {
  const [, partition = "", name] = /^arn:([^:]*):s3:::(.*)$/s.exec(text) ?? [];
  if (name !== undefined && isPartition(partition)) return bucketNameProblem(name);
  return `bucket ARN ${JSON.stringify(text)} is not of the form arn:<partition>:s3:::<name>`;
}

/** What is wrong with the number of an AWS account, or undefined. */
export function accountProblem(account: string): string | undefined {
  return /^[0-9]{12}$/.test(account)
    ? undefined
    : `${JSON.stringify(account)} is not an AWS account: write its 12 digits, in quotes`;
}

type Parts = readonly [partition: string, service: string, region: string, account: string, resource: string];

function partsProblem([partition, service, region, account, resource]: Parts): string | undefined {
  const badPartition = partitionProblem(partition);
  if (badPartition) return badPartition;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(service)) {
    return `service ${JSON.stringify(service)} is not of lower-case letters, digits and dashes`;
  }
  const badRegion = region === "" ? undefined : regionProblem(region);
  if (badRegion) return `region ${badRegion}`;
  const badAccount = account === "" || account === "aws" ? undefined : accountProblem(account);
  if (badAccount) return `account ${badAccount}`;
  if (resource === "") return "it names no resource";
  if (/\p{Cc}|\p{Cs}/u.test(resource)) return `resource ${JSON.stringify(resource)} holds a control character`;
  return undefined;
}
