import { many } from "trimtab";
import { eks, iam } from "trimtab/models";

/** EKS Pod Identity: the cluster hands the role's credentials to the Pods of a ServiceAccount. */
export const podIdentityKinds = {
  role: iam.Role,
  attachment: iam.RolePolicyAttachment,
  association: eks.PodIdentityAssociation,
};

/** IAM roles for service accounts: a Pod's token stands for its ServiceAccount, which names the role in an annotation. */
export const irsaKinds = { role: iam.Role, attachment: iam.RolePolicyAttachment };

/** A user with access keys, for what runs where no identity can be had. */
export const accessKeyKinds = {
  user: iam.User,
  attachment: iam.UserPolicyAttachment,
  keys: many({ key: iam.AccessKey }),
};

/** The role of an XWorkloadIdentity, by its name in IAM: it has another one when its own credentials change. */
export const sharedKinds = { attachments: many({ attachment: iam.RolePolicyAttachment }) };
