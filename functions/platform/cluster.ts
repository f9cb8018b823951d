import { type Partition, parseArn } from "trimtab/aws";
import { type CommonPlatform } from "./platform.js";

/** The platform's cluster, in the parts of its ARN. */
export interface Cluster {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly partition: Partition;
}

export function clusterOf({ cluster: { arn } }: Pick<CommonPlatform, "cluster">): Cluster {
  const { account, region, partition, resource } = parseArn(arn);
  return { arn, account, region, partition, name: resource.replace(/^cluster\//, "") };
}
