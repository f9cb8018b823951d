import { type Observed } from "trimtab";
import { eks, iam, v1 } from "trimtab/models";

/** What may exist. Each kind of credentials has a role of its own, so that one can go once the other works. */
export const kinds = {
  podIdentity: { role: iam.Role, association: eks.PodIdentityAssociation },
  irsa: { role: iam.Role },
  serviceAccount: v1.ServiceAccount,
};

export type Kinds = typeof kinds;
export type Seen = Observed<Kinds>;
