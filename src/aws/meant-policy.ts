import { type BucketAccess, bucketAccess } from "./bucket-access.js";
import { type BucketPolicy, bucketPolicy } from "./bucket-policy.js";
import { type Hit } from "./lint-rule.js";
import { type PolicyUse, policyDocument } from "./policy.js";
import { type ReadStatement, readPolicy } from "./read-policy.js";
import { type IrsaTrust, irsaTrust, type PodIdentityTrust, podIdentityTrust } from "./trust.js";

/** What a document of each use is meant to say: what `bucketAccess`, the trusts and `bucketPolicy` are given. */
export interface MeantPolicy {
  readonly managed: BucketAccess;
  readonly trust: PodIdentityTrust | IrsaTrust;
  readonly bucket: BucketPolicy;
}

/** The statements that say it. Throws as what makes them does. */
export function meantStatements<Use extends PolicyUse>(use: Use, meant: MeantPolicy[Use]): readonly ReadStatement[] {
  return readPolicy(DOCUMENTS[use](meant));
}

const DOCUMENTS: { readonly [Use in PolicyUse]: (meant: MeantPolicy[Use]) => string } = {
  managed: (access) => policyDocument(bucketAccess(access)),
  trust: (trust) => ("issuer" in trust ? irsaTrust(trust) : podIdentityTrust(trust)),
  bucket: (protection) => policyDocument(bucketPolicy(protection), "bucket"),
};

/** The values of a statement that are in none of the statements that are meant; none where nobody said what is meant. */
export function beyond(
  statement: ReadStatement,
  meant: readonly ReadStatement[] | undefined,
  values: (statement: ReadStatement) => readonly Hit[],
): readonly Hit[] {
  if (!meant) return [];
  const right = new Set(meant.flatMap(values).map(compared));
  return values(statement).filter((hit) => !right.has(compared(hit)));
}

/** IAM reads actions without regard to case, and nothing else. */
function compared({ field, value }: Hit): string {
  return `${field} ${field === "Action" ? value.toLowerCase() : value}`;
}
