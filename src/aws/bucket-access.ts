import { accountProblem, bucketArnProblem, parseArn } from "./arn.js";
import { keyArnProblem } from "./key-arn.js";
import { dnsSuffixes, type Partition } from "./partition.js";
import { type Condition, type Statement } from "./policy.js";
import { prefixProblem } from "./prefix.js";

/** What an identity may do with objects. Write does not read; Admin does not touch the bucket's own settings. */
export type AccessMode = "Read" | "Write" | "ReadWrite" | "Admin";

export function isAccessMode(value: string): value is AccessMode {
  return Object.hasOwn(GRANTS, value);
}

export interface BucketAccess {
  readonly mode: AccessMode;
  readonly bucketArn: string;
  /**
   * The account that must own the bucket: its name alone says nothing of that, and whoever took the name first would
   * receive the data. Default: any.
   */
  readonly account?: string;
  /** Where in the bucket, literally; see `prefixProblem`. Default: everywhere. */
  readonly prefix?: string;
  /** The key that the bucket is encrypted with. Default: none, S3 encrypts with its own. */
  readonly kms?: BucketKey;
}

export interface BucketKey {
  readonly keyArn: string;
  /** The bucket's region, in which the key must be too. */
  readonly region: string;
  readonly partition: Partition;
}

/**
 * The statements by which an identity may use a bucket, for a managed policy. Never ACLs, the bucket's policy, its
 * public access block, or its deletion.
 *
 * Under a prefix, lists must name that prefix or what is below; clients that probe the bucket itself (HeadBucket) are
 * denied, and unfinished uploads cannot be listed, since S3 would show those of others too. Throws if the bucket, the
 * prefix or the key is anything but the name of one thing.
 */
export function bucketAccess({ mode, bucketArn, account, prefix = "", kms }: BucketAccess): readonly Statement[] {
  const wrongAccount = account === undefined ? undefined : accountProblem(account);
  const problem =
    bucketArnProblem(bucketArn) ??
    (wrongAccount && `account ${wrongAccount}`) ??
    prefixProblem(prefix) ??
    (kms && keyProblem(kms, bucketArn));
  if (problem) throw new Error(`cannot grant ${mode} access: ${problem}`);
  const { lists, settings, unnarrowed, objects, key } = GRANTS[mode];
  const owned: Condition = account === undefined ? {} : { StringEquals: { "aws:ResourceAccount": account } };
  return [
    ...(lists.length === 0 ? [] : [allow(lists, bucketArn, { ...owned, ...below(prefix) })]),
    allow(prefix === "" ? [...settings, ...unnarrowed] : settings, bucketArn, owned),
    allow(objects, `${bucketArn}/${prefix}*`, owned),
    ...(kms ? [allow(key, kms.keyArn, through(kms))] : []),
  ];
}

interface Grant {
  /** On the bucket, narrowed to the prefix. */
  readonly lists: readonly string[];
  /** On the bucket as a whole. */
  readonly settings: readonly string[];
  /** On the bucket, where there is no prefix: S3 knows no way to narrow them. */
  readonly unnarrowed: readonly string[];
  readonly objects: readonly string[];
  readonly key: readonly string[];
}

const READ = ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTagging"];
const WRITE = ["s3:PutObject", "s3:PutObjectTagging", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];
const READ_WRITE = [...READ, ...WRITE, "s3:DeleteObject"];
const ADMIN = [
  ...READ_WRITE,
  "s3:DeleteObjectVersion",
  "s3:PutObjectRetention",
  "s3:PutObjectLegalHold",
  "s3:RestoreObject",
];
const LOCATION = ["s3:GetBucketLocation"];
/** To upload in parts is to decrypt as well (Amazon S3 User Guide, multipart upload and permissions). */
const ENCRYPT = ["kms:GenerateDataKey", "kms:Decrypt"];

const LIST_UPLOADS = ["s3:ListBucketMultipartUploads"];

const GRANTS: Readonly<Record<AccessMode, Grant>> = {
  Read: { lists: ["s3:ListBucket"], settings: LOCATION, unnarrowed: [], objects: READ, key: ["kms:Decrypt"] },
  Write: { lists: [], settings: LOCATION, unnarrowed: LIST_UPLOADS, objects: WRITE, key: ENCRYPT },
  ReadWrite: {
    lists: ["s3:ListBucket"],
    settings: LOCATION,
    unnarrowed: LIST_UPLOADS,
    objects: READ_WRITE,
    key: ENCRYPT,
  },
  Admin: {
    lists: ["s3:ListBucket", "s3:ListBucketVersions"],
    settings: ["s3:GetBucket*"],
    unnarrowed: LIST_UPLOADS,
    objects: ADMIN,
    key: ENCRYPT,
  },
};

function allow(actions: readonly string[], resource: string, condition: Condition): Statement {
  const conditional = Object.keys(condition).length > 0 && { Condition: condition };
  return { Effect: "Allow", Action: actions, Resource: resource, ...conditional };
}

/** No condition where there is no prefix: `*` would deny the lists that send none. */
function below(prefix: string): Condition {
  return prefix === "" ? {} : { StringLike: { "s3:prefix": `${prefix}*` } };
}

function through({ region, partition }: BucketKey): Condition {
  return { StringEquals: { "kms:ViaService": `s3.${region}.${dnsSuffixes[partition]}` } };
}

function keyProblem({ keyArn, region, partition }: BucketKey, bucketArn: string): string | undefined {
  const problem = keyArnProblem(keyArn, region);
  if (problem) return problem;
  const strange = [keyArn, bucketArn].find((arn) => parseArn(arn).partition !== partition);
  return strange && `${JSON.stringify(strange)} is not of the partition ${partition}`;
}
