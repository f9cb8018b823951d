import { type Arrow, goneOnce } from "trimtab";
import { iam } from "trimtab/models";
import { controllerOf, type Looking } from "../platform/foreign.js";
import { type Kinds, type Seen } from "./kinds.js";
import { type Lack } from "./lack.js";

export interface Leaving {
  /** Whether there is anything to go. */
  held(observed: Seen): boolean;
  /** The name in IAM of the role that goes. */
  readonly roleName: string;
  /** What the credentials that replace it lack yet. */
  lack(observed: Seen): Lack | undefined;
}

/** What credentials of another kind had: gone once what replaces them works, and has the policies of every XBucket. */
export function leaving({ findAll, xr }: Looking, { held, roleName, lack }: Leaving): Arrow<never, Kinds> {
  return goneOnce<Kinds>(({ observed, need }) => {
    if (!held(observed)) return;
    const missing = lack(observed);
    need(!missing, missing?.what ?? "");
    // IAM keeps a role to which policies are attached, and Pods would lose what they may do before they can change over.
    const [attached] = findAll(iam.RolePolicyAttachment, { namespace: xr.namespace }).filter(
      ({ spec }) => spec.forProvider.role === roleName,
    );
    const owner = attached && (controllerOf(attached) ?? { kind: attached.kind, name: attached.metadata?.name });
    need(!owner, `${owner?.kind} ${owner?.name} to attach its policy to the other role`);
  });
}
