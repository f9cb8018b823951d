import { textAt } from "../../../render/unstructured.js";
import { type CloudView, type StandIn, type Wanted } from "../stand-in.js";
import { type AwsOptions } from "./aws-options.js";
import { entityArn } from "./iam.js";
import { POLICY, ROLE, ROLE_ATTACHMENT, ROLE_POLICY, USER, USER_ATTACHMENT } from "./iam-kinds.js";
import { documentProblem } from "./policy-document.js";

/** What joins policies to roles and users. It goes with the role or the user. */
export function attachments(options: AwsOptions): readonly StandIn[] {
  return [
    attachment(ROLE_ATTACHMENT, { field: "role", to: ROLE, quota: "PoliciesPerRole" }, options),
    attachment(USER_ATTACHMENT, { field: "user", to: USER, quota: "PoliciesPerUser" }, options),
    rolePolicy,
  ];
}

/** How many policies a role or a user may have (IAM User Guide, IAM and AWS STS quotas). */
const MOST_POLICIES = 10;

interface Attaching {
  /** The field that names what a policy is attached to. */
  readonly field: "role" | "user";
  readonly to: typeof ROLE | typeof USER;
  /** What IAM calls the quota. */
  readonly quota: string;
}

function attachment(
  kind: typeof ROLE_ATTACHMENT | typeof USER_ATTACHMENT,
  { field, to, quota }: Attaching,
  options: AwsOptions,
): StandIn {
  const owner = (wanted: Wanted) => textAt(wanted.parameters, [field]);
  return {
    ...kind,
    isNamedByCloud: true,
    externalName: (wanted) => `${owner(wanted)}-${wanted.name.toLowerCase()}`,
    immutable: [field, "policyArn"],
    references: {
      [`${field}Ref`]: { ...to, field },
      policyArnRef: { ...POLICY, field: "policyArn", from: ["status", "atProvider", "arn"] },
    },
    partOf: (wanted) => ({ ...to, name: owner(wanted) }),
    refuseCreate: (wanted, cloud) => {
      if (!cloud.find(to, owner(wanted))) return missing(to.kind, owner(wanted));
      const arn = textAt(wanted.parameters, ["policyArn"]);
      if (!isPolicy(arn, cloud, options)) return `NoSuchEntity: Policy ${arn} does not exist or is not attachable.`;
      const others = cloud.list(kind, { by: owner, is: owner(wanted) });
      const isMore = others.every(({ parameters }) => textAt(parameters, ["policyArn"]) !== arn);
      return isMore && others.length >= MOST_POLICIES
        ? `LimitExceeded: Cannot exceed quota for ${quota}: ${MOST_POLICIES}`
        : undefined;
    },
  };
}

const rolePolicy: StandIn = {
  ...ROLE_POLICY,
  externalName: ({ name }) => name,
  immutable: ["role"],
  references: { roleRef: { ...ROLE, field: "role" } },
  observe: ({ name, parameters }) => ({ ...parameters, id: `${textAt(parameters, ["role"])}:${name}` }),
  partOf: ({ parameters }) => ({ ...ROLE, name: textAt(parameters, ["role"]) }),
  refuseCreate: ({ parameters }, cloud) => {
    const name = textAt(parameters, ["role"]);
    if (!cloud.find(ROLE, name)) return missing(ROLE.kind, name);
    return documentProblem(textAt(parameters, ["policy"]), "managed");
  },
  refuseUpdate: ({ parameters }) => documentProblem(textAt(parameters, ["policy"]), "managed"),
};

/** What is AWS's own is always there. */
function isPolicy(arn: string, cloud: CloudView, options: AwsOptions): boolean {
  if (/^arn:[a-z-]+:iam::aws:policy\//.test(arn)) return true;
  const policy = cloud.find(POLICY, arn.replace(/^.*\//, ""));
  return policy !== undefined && entityArn("policy", policy, options) === arn;
}

export function missing(kind: string, name: string): string {
  return `NoSuchEntity: The ${kind.toLowerCase()} with name ${name} cannot be found.`;
}
