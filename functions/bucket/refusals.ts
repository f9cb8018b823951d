import { type Composite } from "trimtab";
import {
  bucketNameProblem,
  isAccessMode,
  keyArnProblem,
  parseArn,
  partitionOf,
  prefixProblem,
  regionProblem,
} from "trimtab/aws";
import { type XBucket } from "../../xrds/xbucket.js";
import { kubernetesNameProblem } from "../platform/kubernetes-name.js";
import { platformRefusals } from "../platform/refusals.js";
import { corsRefusals } from "./cors.js";
import { type Consumer, kindOf } from "./credentials/grant.js";
import { lifecycleRefusals } from "./lifecycle.js";
import { type Platform } from "./platform.js";
import { secretNameOf } from "./secret.js";

/**
 * What in an XBucket cannot be composed, each with field, value and remedy. The XRD says most of it at admission; this holds
 * where the schema was looser then, and for what only the platform knows.
 */
export function refusals(xr: Composite<typeof XBucket>, platform: Platform): readonly string[] {
  const { name, namespace, spec } = xr;
  if (namespace === "")
    return [`${xr.kind} ${name} has no claim, and so no namespace to compose into: write an XBucketClaim instead`];
  const { region, consumers, encryption, lifecycle, cors, bucketName, logging } = spec;
  return [
    ...platformRefusals(platform),
    ...regionRefusals(region, platform),
    ...(bucketName === undefined ? [] : adoptionRefusals(bucketName, platform)),
    ...(encryption.kms ? keyRefusals(encryption.kms.keyArn, region, platform) : []),
    ...(logging ? nameProblem(logging.targetBucket, "spec.logging.targetBucket") : []),
    ...lifecycle.flatMap((rule, index) => lifecycleRefusals(rule, `spec.lifecycle[${index}]`)),
    ...cors.flatMap((rule, index) => corsRefusals(rule, `spec.cors[${index}]`)),
    ...consumers.flatMap((consumer, index) => consumerRefusals(consumer, platform, `spec.consumers[${index}]`)),
    ...secretRefusals(consumers.map((consumer) => secretNameOf(name, consumer))),
  ];
}

function regionRefusals(region: string, { regions, cluster }: Platform): readonly string[] {
  const problem = regionProblem(region);
  if (problem) return [`spec.region: ${problem}`];
  if (!regions.includes(region)) return [`spec.region ${region} is not offered here: choose ${regions.join(" or ")}`];
  const { partition } = parseArn(cluster.arn);
  if (partitionOf(region) === partition) return [];
  return [
    `spec.region ${region} is not of the partition ${partition}, as the cluster is: choose a region of ${partition}`,
  ];
}

function keyRefusals(keyArn: string, region: string, { cluster, keyAccounts }: Platform): readonly string[] {
  const field = "spec.encryption.kms.keyArn";
  const problem = keyArnProblem(keyArn, region);
  if (problem) return [`${field}: ${problem}`];
  const { account, partition } = parseArn(keyArn);
  const own = parseArn(cluster.arn);
  if (partition !== own.partition)
    return [`${field}: the key is of the partition ${partition}: name one of ${own.partition}`];
  const allowed = [own.account, ...keyAccounts];
  if (allowed.includes(account)) return [];
  return [`${field}: the key is of the account ${account}: name one of ${allowed.join(" or ")}`];
}

function adoptionRefusals(bucketName: string, { adoptable }: Platform): readonly string[] {
  const problems = nameProblem(bucketName, "spec.bucketName");
  if (problems.length > 0) return problems;
  if (adoptable.some((pattern) => globbed(pattern).test(bucketName))) return [];
  const remedy =
    adoptable.length > 0 ? `it must match ${adoptable.join(" or ")}` : "leave bucketName out for a new bucket";
  return [`spec.bucketName ${bucketName} may not be adopted here: ${remedy}`];
}

function globbed(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[^a-z0-9-]/g, ""))
      .join(".*")}$`,
  );
}

function nameProblem(bucketName: string, field: string): readonly string[] {
  const problem = bucketNameProblem(bucketName);
  return problem ? [`${field}: ${problem}`] : [];
}

function consumerRefusals(consumer: Consumer, platform: Platform, field: string): readonly string[] {
  const { serviceAccount, access, prefix = "", accessKeys } = consumer;
  const problem = prefixProblem(prefix);
  return [
    ...nameRefusals(serviceAccount, `${field}.serviceAccount`),
    ...(isAccessMode(access)
      ? []
      : [`${field}.access ${JSON.stringify(access)} is unknown: choose Read, Write, ReadWrite or Admin`]),
    ...(problem ? [`${field}.prefix: ${problem}`] : []),
    ...credentialRefusals(consumer, platform, field),
    ...(accessKeys.length >= 1 && accessKeys.length <= 2 && new Set(accessKeys).size === accessKeys.length
      ? []
      : [
          `${field}.accessKeys has ${accessKeys.length} names, and a user has one or two keys: name one, or two that differ`,
        ]),
  ];
}

function credentialRefusals(consumer: Consumer, platform: Platform, field: string): readonly string[] {
  const { identity, createServiceAccount, credentials } = consumer;
  const kind = kindOf(consumer, platform);
  if (kind === "Shared") {
    return [
      ...nameRefusals(identity?.name ?? "", `${field}.identity.name`),
      ...(credentials
        ? [`${field}.credentials ${credentials} cannot go with identity, which has its own: leave one of them out`]
        : []),
      ...(createServiceAccount
        ? [`${field}.createServiceAccount cannot go with identity: say it in the XWorkloadIdentity`]
        : []),
    ];
  }
  const { allowed, default: chosen } = platform.credentials;
  const offered = [...new Set([chosen, ...allowed])];
  if (!offered.includes(kind))
    return [`${field}.credentials ${kind} is not offered here: choose ${offered.join(" or ")}`];
  if (kind === "IRSA" && platform.cluster.issuer === undefined) {
    return [
      `${field}.credentials IRSA is not set up here: the platform's input lacks cluster.issuer; choose ${offered.filter((each) => each !== "IRSA").join(" or ")}`,
    ];
  }
  return [];
}

function secretRefusals(names: readonly string[]): readonly string[] {
  return names.flatMap((name, index) => {
    const field = `spec.consumers[${index}].secretName`;
    const first = names.indexOf(name);
    if (first < index) return [`${field} ${name} is already the Secret of spec.consumers[${first}]: choose another`];
    return nameRefusals(name, field);
  });
}

function nameRefusals(name: string, field: string): readonly string[] {
  const problem = kubernetesNameProblem(name);
  return problem ? [`${field} ${problem}`] : [];
}
