import { type Arrow, type Composed, omit, type Tree } from "trimtab";
import { iam } from "trimtab/models";
import { type composes, type consumerKinds } from "../composes.js";
import { publishedKeyId } from "../published.js";
import { type Grant } from "./grant.js";
import { idOf } from "./key-id.js";

type Root = typeof composes;
type Own = Composed<typeof consumerKinds, Root>;

/** A user with the keys of the spec. */
export function accessKeys(grant: Grant, own: Own): Tree<typeof consumerKinds, Root>["accessKeys"] {
  const { consumer, place, platform, make } = grant;
  const { aws, tags } = make;
  const { user } = own.accessKeys;
  const externalName = place.identityName(consumer.serviceAccount, "AccessKey");
  const parameters = { forceDestroy: true, permissionsBoundary: platform.permissionsBoundary ?? omit, tags };
  return {
    user: aws(iam.User, parameters, { externalName }),
    attachment: aws(iam.UserPolicyAttachment, { userRef: user, policyArnRef: own.policy }),
    keys: own.accessKeys.keys.each(
      consumer.accessKeys,
      (id) => id,
      // The provider writes the secret half into a Secret of its own, from where Crossplane hands it to us.
      (_, { key }) => ({ key: aws(iam.AccessKey, { userRef: user }, { connectionSecret: key.name }) }),
      (id) => goesOnceUnused(consumer.serviceAccount, id),
    ),
  };
}

/** A key is deleted only once the Secret holds another one. */
function goesOnceUnused(serviceAccount: string, id: string): Arrow<unknown, Root> {
  return ({ observed, need }) => {
    const { secret, accessKeys } = observed.consumers(serviceAccount);
    const unused = idOf(accessKeys.keys(id).key);
    if (unused === undefined) return;
    const held = need(publishedKeyId(secret), "the Secret");
    need(held !== unused, `the Secret to hold another access key than ${id}`);
  };
}
