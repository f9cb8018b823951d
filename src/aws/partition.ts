/** The partitions of AWS, and the domain under which the services of each one answer. */
export const dnsSuffixes = {
  aws: "amazonaws.com",
  "aws-cn": "amazonaws.com.cn",
  "aws-us-gov": "amazonaws.com",
  "aws-eusc": "amazonaws.eu",
} as const;

/** A part of AWS with accounts, ARNs and bucket names of its own. */
export type Partition = keyof typeof dnsSuffixes;

export function isPartition(value: string): value is Partition {
  return Object.hasOwn(dnsSuffixes, value);
}

/** What is wrong with the name of a partition, or undefined. */
export function partitionProblem(value: string): string | undefined {
  if (isPartition(value)) return undefined;
  return `partition ${JSON.stringify(value)} is unknown: use aws, aws-cn, aws-us-gov or aws-eusc`;
}

/** The partition that a region belongs to. Throws if it is not the name of a region, or of an isolated partition. */
export function partitionOf(region: string): Partition {
  const problem = regionProblem(region);
  if (problem) throw new Error(`cannot tell the partition: region ${problem}`);
  const [, partition] = PREFIXES.find(([prefix]) => region.startsWith(prefix)) ?? [];
  return partition ?? "aws";
}

/** The URL of S3 in a region, without a bucket. Throws as {@link partitionOf} does. */
export function s3Endpoint(region: string): string {
  return `https://s3.${region}.${dnsSuffixes[partitionOf(region)]}`;
}

/** What is wrong with the name of a region, or undefined. Whether AWS has such a region is not asked. */
export function regionProblem(region: string): string | undefined {
  if (!/^[a-z]{2,4}(-[a-z]+){1,2}-[0-9]{1,2}$/.test(region)) {
    return `${JSON.stringify(region)} is not the name of a region: write one such as "eu-west-1"`;
  }
  if (/-iso[a-z]?-/.test(region)) return `"${region}" belongs to an isolated partition, and those are not supported`;
  return undefined;
}

const PREFIXES: readonly (readonly [string, Partition])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["eusc-", "aws-eusc"],
];
