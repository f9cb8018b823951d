import { decodeBase64, type ObservedResource } from "trimtab";
import { type iam, type v1 } from "trimtab/models";
import { type Glances, type Sees } from "./composes.js";
import { type Grant } from "./credentials/grant.js";
import { idOf } from "./credentials/key-id.js";
import { type Place } from "./place.js";
import { type Platform } from "./platform.js";
import { keyText, locationText, prefixText, roleText } from "./secret.js";

type Text = Readonly<Record<string, string>>;

/** All that a service needs, once all of it works: the keys of its Secret. */
export function text(grant: Grant, sight: Sees): Text {
  const { place, consumer, platform } = grant;
  return { ...bucketText(place, platform, sight), ...prefixText(place, consumer), ...credentialText(grant, sight) };
}

/** Where the bucket is, once it is as safe as it was asked to be: nobody writes into it before. */
export function bucketText(place: Place, platform: Platform, { observed, need }: Sees): Text {
  const { publicAccess, encryption, ownership, versioning, policy } = observed;
  need(observed.bucket.ready, "the bucket");
  for (const { kind, ready } of [
    { kind: "public access to be blocked", ready: publicAccess.ready },
    { kind: "encryption", ready: encryption.ready },
    { kind: "ownership of objects", ready: ownership.ready },
    { kind: "versioning", ready: versioning.ready },
    { kind: "policy", ready: policy.ready },
  ]) {
    need(ready, `the bucket's ${kind}`);
  }
  return locationText(place, platform);
}

function credentialText(grant: Grant, sight: Sees): Text {
  const { observed, need } = sight;
  const { serviceAccount, accessKeys } = grant.consumer;
  const { policy, podIdentity } = observed.consumers(serviceAccount);
  need(policy.ready && isAttached(grant, sight), `the policy of ${serviceAccount} to be attached`);
  if (grant.kind === "AccessKey") {
    const what = `the access key ${accessKeys.at(-1)} of ${serviceAccount}`;
    const { connection } = need(newestKey(grant, sight), what);
    return keyText(need(connection["username"], what), need(connection["password"], what));
  }
  if (grant.kind === "PodIdentity")
    need(podIdentity.association.ready, `the Pod Identity association of ${serviceAccount}`);
  return roleText(need(roleArn(grant, sight), `the role of ${serviceAccount}`));
}

/** Whether the consumer's policy is attached to what it proves itself with. */
export function isAttached({ kind, consumer, identity }: Grant, { observed }: Glances): boolean {
  const { podIdentity, irsa, accessKeys, shared } = observed.consumers(consumer.serviceAccount);
  switch (kind) {
    case "PodIdentity":
      return podIdentity.attachment.ready;
    case "IRSA":
      return irsa.attachment.ready;
    case "AccessKey":
      return accessKeys.attachment.ready;
    case "Shared":
      return shared.attachments(identity?.status?.role?.name ?? "").attachment.ready;
  }
}

/** The role that a consumer's Pods use; undefined while it is not known, and for access keys. */
export function roleArn({ kind, consumer, identity }: Grant, { observed }: Glances): string | undefined {
  const { podIdentity, irsa } = observed.consumers(consumer.serviceAccount);
  if (kind === "PodIdentity") return podIdentity.role.status?.atProvider?.arn;
  if (kind === "IRSA") return irsa.role.status?.atProvider?.arn;
  return kind === "Shared" ? identity?.status?.role?.arn : undefined;
}

/** The same for the status: what was reported of a role that is no longer used is withdrawn. */
export function roleReported(grant: Grant, glance: Glances): string | null | undefined {
  const { podIdentity, irsa } = glance.observed.consumers(grant.consumer.serviceAccount);
  const own = { PodIdentity: podIdentity.role.object, IRSA: irsa.role.object, AccessKey: undefined };
  // That an XWorkloadIdentity is not found says nothing of its role.
  return grant.kind === "Shared" || own[grant.kind] ? roleArn(grant, glance) : null;
}

/** Whether the Secret, as it is observed, holds the credentials that are to be published now. */
export function isPublished(grant: Grant, glance: Glances): boolean {
  const { secret } = glance.observed.consumers(grant.consumer.serviceAccount);
  if (grant.kind === "AccessKey") {
    const key = newestKey(grant, glance);
    const id = key && idOf(key);
    return Boolean(id) && publishedKeyId(secret) === id;
  }
  const arn = roleArn(grant, glance);
  return Boolean(arn) && valueIn(secret, "role-arn") === arn;
}

/** The access key that is to be published, as it is observed; undefined while it is being deleted. */
function newestKey({ consumer }: Grant, { observed }: Glances): ObservedResource<iam.AccessKey> | undefined {
  const { keys } = observed.consumers(consumer.serviceAccount).accessKeys;
  const { key } = keys(consumer.accessKeys.at(-1) ?? "");
  return key.object?.metadata?.deletionTimestamp ? undefined : key;
}

/** The id of the access key that a Secret holds; undefined if it holds none, or could not be read. */
export function publishedKeyId(secret: { readonly object: v1.Secret | undefined }): string | undefined {
  return valueIn(secret, "access-key-id");
}

function valueIn({ object }: { readonly object: v1.Secret | undefined }, key: string): string | undefined {
  const value = object?.data?.[key];
  return value && decodeBase64(value);
}
