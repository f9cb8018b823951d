import { type Composite } from "trimtab";
import {
  bucketArn,
  bucketNameLimit,
  iamNameLimits,
  type Partition,
  partitionOf,
  s3Endpoint,
  uniqueName,
} from "trimtab/aws";
import { type XBucket } from "../../xrds/xbucket.js";
import { type Cluster, clusterOf } from "../platform/cluster.js";
import { type Platform } from "./platform.js";

/** Where a bucket is, and what everything around it is called. Known before anything exists. */
export interface Place {
  readonly region: string;
  readonly partition: Partition;
  readonly name: string;
  readonly arn: string;
  readonly endpoint: string;
  readonly cluster: Cluster;
  /** The name in IAM of what a consumer has, for one kind of credentials or for its policy. */
  identityName(serviceAccount: string, what: string): string;
}

/**
 * Names hold a hash of the cluster and of the XR's kind, so that two clusters of one account, or a claim and an XBucket of
 * one name, never share a bucket or a role.
 */
export function placeOf(xr: Composite<typeof XBucket>, platform: Platform): Place {
  const { region, bucketName } = xr.spec;
  const cluster = clusterOf(platform);
  const partition = partitionOf(region);
  const readable = [platform.namePrefix, xr.namespace, xr.name];
  const identity = [cluster.arn, xr.kind];
  const name = bucketName ?? uniqueName({ limit: bucketNameLimit, readable, identity });
  return {
    region,
    partition,
    name,
    arn: bucketArn(partition, name),
    endpoint: platform.endpoint ?? s3Endpoint(region),
    cluster,
    identityName: (serviceAccount, what) =>
      uniqueName({ limit: iamNameLimits.role, readable: [...readable, serviceAccount], identity: [...identity, what] }),
  };
}
