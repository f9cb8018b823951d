import { formatArn, isPartition, type Partition, partitionOf } from "../../../aws/index.js";
import { textAt } from "../../../render/unstructured.js";
import { type Wanted } from "../stand-in.js";

export interface AwsOptions {
  /** The account in which everything is. Default: 123456789012, as AWS's own examples have it. */
  readonly account?: string;
  /**
   * The partition of what has no region, such as IAM. Default: that of the first ARN among its parameters, its tags included;
   * else `aws`.
   */
  readonly partition?: Partition;
}

/** What an ARN says besides where it is. */
export interface Named {
  readonly service: string;
  /** Such as `role/reader`. */
  readonly resource: string;
}

/** The ARN of something in AWS. A region that is none throws. */
export function arnOf(wanted: Wanted, { service, resource }: Named, options: AwsOptions): string {
  const { account = ACCOUNT } = options;
  const region = regionOf(wanted);
  return formatArn({ partition: partitionFor(wanted, options), service, region, account, resource });
}

export const regionOf = ({ parameters }: Wanted) => textAt(parameters, ["region"]);

export function partitionFor(wanted: Wanted, { partition }: AwsOptions): Partition {
  const region = regionOf(wanted);
  if (region !== "") return partitionOf(region);
  const [, found = ""] = /\barn:([a-z-]+):/.exec(JSON.stringify(wanted.parameters)) ?? [];
  return partition ?? (isPartition(found) ? found : "aws");
}

export const ACCOUNT = "123456789012";
