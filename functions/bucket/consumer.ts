import { type Composed, type Desired, fatal, goneOnce, type Tree } from "trimtab";
import { bucketAccess, lintPolicy, policyDocument } from "trimtab/aws";
import { iam, v1 } from "trimtab/models";
import { serviceAccountNamed } from "../platform/service-account.js";
import { podIdentityAssociation, type RoleCredentials, workloadRole } from "../platform/workload-role.js";
import { isOurs } from "./adoption.js";
import { refuseBoundElsewhere, refuseForeignSecret, refuseForeignServiceAccount } from "./collisions.js";
import { type composes, type consumerKinds } from "./composes.js";
import { accessKeys } from "./credentials/access-keys.js";
import { type Grant } from "./credentials/grant.js";
import { works } from "./credentials/shared.js";
import { irsaLack } from "./identity-ready.js";
import { isPublished, publishedKeyId, text } from "./published.js";
import { secretNameOf } from "./secret.js";

type Root = typeof composes;
type Own = Composed<typeof consumerKinds, Root>;
type Made = Tree<typeof consumerKinds, Root>;

/** What is composed for one consumer. */
export function consumerOf(grant: Grant, own: Own): Made {
  const { xr, consumer, kind, place } = grant;
  // What a kind of credentials had goes only once the Secret holds those of the kind that replaces it.
  const replaced = goneOnce<Root>((sight) => {
    sight.need(isPublished(grant, sight), "the Secret to hold the new credentials");
    if (kind !== "IRSA") return;
    sight.need(!irsaLack(grant, sight), `the ServiceAccount ${consumer.serviceAccount} to name its new role`);
  });
  const policy = policyOf(grant);
  return {
    policy: ({ observed, need }) => {
      need(isOurs(xr, place, observed.bucket), `the bucket ${place.name} to be handed over`);
      return policy;
    },
    podIdentity: kind === "PodIdentity" ? podIdentityOf(grant, own) : replaced,
    irsa: kind === "IRSA" ? irsaOf(grant, own) : replaced,
    accessKeys: kind === "AccessKey" ? accessKeys(grant, own) : replaced,
    shared: kind === "Shared" ? sharedOf(grant, own) : replaced,
    serviceAccount: consumer.createServiceAccount ? madeServiceAccount(grant) : null,
    secret: secretOf(grant),
  };
}

function policyOf({ xr, consumer, place, make, field }: Grant): Desired<iam.Policy> {
  const { access: mode, prefix = "", serviceAccount } = consumer;
  const { kms } = xr.spec.encryption;
  const { region, partition, arn: bucketArn } = place;
  const { account } = place.cluster;
  const access = { mode, bucketArn, account, prefix, ...(kms && { kms: { keyArn: kms.keyArn, region, partition } }) };
  const policy = refusing(`${field}.prefix`, () => policyDocument(bucketAccess(access), "managed"));
  const [finding] = lintPolicy(policy, "managed", access);
  if (finding) throw new Error(`cannot grant ${serviceAccount} access: ${finding.message}`);
  return make.aws(
    iam.Policy,
    { policy, tags: make.tags },
    { externalName: place.identityName(serviceAccount, "policy") },
  );
}

/** What is made of a field; where that cannot be made, the refusal names the field. */
function refusing<T>(field: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    return fatal(`${field}: ${(error as Error).message}`);
  }
}

/** A role of a consumer. One for each kind of credentials, so that a change of kind can make before it breaks. */
function roleOf({ workload, place, platform, make }: Grant, credentials: RoleCredentials): Desired<iam.Role> {
  const externalName = place.identityName(workload.serviceAccount, credentials);
  return workloadRole({ credentials, workload, externalName }, platform, make);
}

function podIdentityOf(grant: Grant, own: Own): Made["podIdentity"] {
  const { workload, platform, make } = grant;
  const { role } = own.podIdentity;
  return {
    role: roleOf(grant, "PodIdentity"),
    attachment: make.aws(iam.RolePolicyAttachment, { roleRef: role, policyArnRef: own.policy }),
    association: ({ observed }) => {
      if (!observed.consumers(workload.serviceAccount).podIdentity.association.object) refuseBoundElsewhere(grant);
      return podIdentityAssociation(workload, role, platform, make);
    },
  };
}

function irsaOf(grant: Grant, own: Own): Made["irsa"] {
  const { workload, make } = grant;
  return {
    role: ({ observed }) => {
      if (!observed.consumers(workload.serviceAccount).irsa.role.object) refuseBoundElsewhere(grant);
      return roleOf(grant, "IRSA");
    },
    attachment: make.aws(iam.RolePolicyAttachment, { roleRef: own.irsa.role, policyArnRef: own.policy }),
  };
}

function sharedOf({ identity, consumer, make }: Grant, own: Own): Made["shared"] {
  const role = identity?.status?.role?.name;
  // While the role is not known, what is attached stays as it is.
  if (!role) return ({ need }) => need(undefined, `the role of ${consumer.identity?.name}`);
  const { attachments } = own.shared;
  return {
    attachments: attachments.each(
      [role],
      (name) => name,
      (name) => ({ attachment: make.aws(iam.RolePolicyAttachment, { role: name, policyArnRef: own.policy }) }),
      () =>
        ({ observed, need }) => {
          const { shared } = observed.consumers(consumer.serviceAccount);
          need(shared.attachments(role).attachment.ready, `the policy to be attached to ${role}`);
          need(works(identity), `the XWorkloadIdentity ${consumer.identity?.name} to work`);
        },
    ),
  };
}

/** Appears once the identity works: a Pod that is admitted before that would run without credentials for ever. */
function madeServiceAccount(grant: Grant): Made["serviceAccount"] {
  const { serviceAccount: name } = grant.consumer;
  return ({ observed, need }) => {
    const { podIdentity, irsa, secret, serviceAccount } = observed.consumers(name);
    if (!serviceAccount.object) refuseForeignServiceAccount(grant);
    const what = `the identity of ${name}`;
    if (grant.kind === "AccessKey") need(publishedKeyId(secret), `the Secret of ${name}`);
    if (grant.kind === "PodIdentity") need(podIdentity.attachment.ready && podIdentity.association.ready, what);
    if (grant.kind !== "IRSA") return serviceAccountNamed(name);
    need(irsa.attachment.ready, what);
    return serviceAccountNamed(name, need(irsa.role.status?.atProvider?.arn, what));
  };
}

function secretOf(grant: Grant): Made["secret"] {
  const { consumer, xr, field } = grant;
  const name = secretNameOf(xr.name, consumer);
  return (sight) => {
    const { object } = sight.observed.consumers(consumer.serviceAccount).secret;
    const is = object?.metadata?.name;
    if (!object) refuseForeignSecret(grant, name);
    if (is && is !== name) {
      fatal(
        `${field}.secretName ${name}: the Secret is called ${is} and cannot be renamed: write ${is}, or remove the consumer and add it again`,
      );
    }
    return v1.Secret({ metadata: { name }, type: "servicebinding.io/s3", text: text(grant, sight) });
  };
}
