/** What an action would open, or undefined. IAM reads actions without regard to case. */
export function danger(action: string): string | undefined {
  const name = action.toLowerCase();
  const service = name.slice(0, name.indexOf(":") + 1);
  return DANGEROUS_ACTIONS[name] ?? DANGEROUS_ACTIONS[service];
}

/**
 * What in an Allow lets an identity do more than use a bucket: by action, in lower case, what it would open. One that
 * ends in `:` is all of a service.
 */
const DANGEROUS_ACTIONS: Readonly<Record<string, string>> = {
  "iam:": "lets the identity grant itself anything",
  "organizations:": "reaches the whole organisation",
  "account:": "changes the account",
  "sts:": "lets the identity become another",
  "s3:putbucketpolicy": "lets the identity grant the bucket to anyone",
  "s3:deletebucketpolicy": "takes away what the bucket denies",
  "s3:putbucketacl": "lets the identity grant the bucket to anyone",
  "s3:putobjectacl": "lets the identity publish objects",
  "s3:putobjectversionacl": "lets the identity publish old versions of objects",
  "s3:putbucketpublicaccessblock": "lets the bucket be made public",
  "s3:putaccountpublicaccessblock": "lets every bucket of the account be made public",
  "s3:putbucketownershipcontrols": "brings ACLs back",
  "s3:putencryptionconfiguration": "takes the bucket's encryption away",
  "s3:putreplicationconfiguration": "copies every object elsewhere",
  "s3:putlifecycleconfiguration": "can expire every object",
  "s3:putbucketversioning": "can end the versions by which a deletion is undone",
  "s3:bypassgovernanceretention": "deletes what is under retention",
  "s3:putaccesspointpolicy": "grants the bucket by another way",
  "s3:createaccesspoint": "opens another way to the bucket",
  "s3:deletebucket": "deletes the bucket",
  "kms:putkeypolicy": "lets the identity grant the key to anyone",
  "kms:creategrant": "lets the identity grant the key to anyone",
  "kms:schedulekeydeletion": "makes every object unreadable for ever",
  "kms:disablekey": "makes every object unreadable",
};
