import { type IamEntity, iamNameProblem } from "../../../aws/index.js";
import { textAt } from "../../../render/unstructured.js";
import { type CloudView, type External, type StandIn, type Wanted } from "../stand-in.js";
import { type AwsOptions, arnOf } from "./aws-options.js";
import {
  ACCESS_KEY,
  OIDC_PROVIDER,
  POLICY,
  ROLE,
  ROLE_ATTACHMENT,
  ROLE_POLICY,
  USER,
  USER_ATTACHMENT,
} from "./iam-kinds.js";
import { documentProblem } from "./policy-document.js";
import { tagged, tagsOf } from "./tags.js";

/** What IAM names: roles, users and policies, and the providers of identities. */
export function iamEntities(options: AwsOptions): readonly StandIn[] {
  return [role(options), user(options), policy(options), oidcProvider(options)];
}

function role(options: AwsOptions): StandIn {
  return {
    ...ROLE,
    ...tagged,
    ...entity("role", ROLE, options),
    references: {
      managedPolicyArnsRefs: { ...POLICY, field: "managedPolicyArns", from: ["status", "atProvider", "arn"] },
    },
    immutable: ["path"],
    lateInitialize: () => ({ path: "/", maxSessionDuration: 3600 }),
    refuseCreate: (wanted, cloud) =>
      nameProblem("role", ROLE, wanted, cloud) ?? documentProblem(textIn(wanted, "assumeRolePolicy"), "trust"),
    refuseUpdate: (wanted) => documentProblem(textIn(wanted, "assumeRolePolicy"), "trust"),
    refuseDelete: (external, cloud) => {
      if (external.parameters["forceDetachPolicies"] === true) return undefined;
      const ofRole = { by: roleOf, is: external.name };
      if (cloud.list(ROLE_ATTACHMENT, ofRole).length > 0) return MUST_DETACH;
      return cloud.list(ROLE_POLICY, ofRole).length > 0 ? conflict("must delete policies first.") : undefined;
    },
  };
}

function user(options: AwsOptions): StandIn {
  return {
    ...USER,
    ...tagged,
    ...entity("user", USER, options),
    lateInitialize: () => ({ path: "/" }),
    refuseCreate: (wanted, cloud) => nameProblem("user", USER, wanted, cloud),
    refuseDelete: (external, cloud) => {
      const ofUser = { by: userOf, is: external.name };
      if (cloud.list(USER_ATTACHMENT, ofUser).length > 0) return MUST_DETACH;
      const hasKeys = external.parameters["forceDestroy"] !== true && cloud.list(ACCESS_KEY, ofUser).length > 0;
      return hasKeys ? conflict("must delete access keys first.") : undefined;
    },
  };
}

function policy(options: AwsOptions): StandIn {
  return {
    ...POLICY,
    ...tagged,
    ...entity("policy", POLICY, options),
    immutable: ["path", "description"],
    lateInitialize: () => ({ path: "/" }),
    refuseCreate: (wanted, cloud) =>
      nameProblem("policy", POLICY, wanted, cloud) ?? documentProblem(textIn(wanted, "policy"), "managed"),
    refuseUpdate: (wanted) => documentProblem(textIn(wanted, "policy"), "managed"),
    refuseDelete: (external, cloud) => {
      const ofPolicy = { by: policyOf, is: entityArn("policy", external, options) };
      const isAttached = [ROLE_ATTACHMENT, USER_ATTACHMENT].some((kind) => cloud.list(kind, ofPolicy).length > 0);
      return isAttached ? "DeleteConflict: Cannot delete a policy attached to entities." : undefined;
    },
  };
}

function oidcProvider(options: AwsOptions): StandIn {
  const arn = (wanted: Wanted) => {
    const resource = `oidc-provider/${textIn(wanted, "url").replace(/^https:\/\//, "")}`;
    return arnOf(wanted, { service: "iam", resource }, options);
  };
  return {
    ...OIDC_PROVIDER,
    ...tagged,
    isNamedByCloud: true,
    externalName: arn,
    immutable: ["url"],
    observe: (external) => ({ ...external.parameters, ...tagsOf(external), id: external.name, arn: external.name }),
    refuseCreate: (wanted, cloud) =>
      cloud.find(OIDC_PROVIDER, arn(wanted))
        ? `EntityAlreadyExists: Provider with url ${textIn(wanted, "url")} already exists.`
        : undefined,
  };
}

/** What all that IAM names has in common. */
function entity(what: IamEntity, { kind }: { readonly kind: string }, options: AwsOptions) {
  return {
    observe: (external: External) => ({
      ...external.parameters,
      ...tagsOf(external),
      id: what === "policy" ? entityArn(what, external, options) : external.name,
      arn: entityArn(what, external, options),
      [what === "policy" ? "policyId" : "uniqueId"]: `${UNIQUE_IDS[what]}${external.id.slice(0, 17)}`,
    }),
    taken: ({ name }: Wanted) => exists(kind, name),
  };
}

/** The first letters of unique ids (IAM User Guide, IAM identifiers). */
const UNIQUE_IDS = { role: "AROA", user: "AIDA", policy: "ANPA" } as const;

export function entityArn(what: IamEntity, wanted: Wanted, options: AwsOptions): string {
  const path = textIn(wanted, "path") || "/";
  return arnOf(wanted, { service: "iam", resource: `${what}${path}${wanted.name}` }, options);
}

function nameProblem(
  what: IamEntity,
  kind: { readonly apiVersion: string; readonly kind: string },
  { name }: Wanted,
  cloud: CloudView,
): string | undefined {
  const problem = iamNameProblem(what, name);
  if (problem) return `ValidationError: ${problem}`;
  const [same] = cloud.list(kind, { by: lowerName, is: name.toLowerCase() });
  return same ? exists(kind.kind, name) : undefined;
}

const roleOf = (wanted: Wanted) => textIn(wanted, "role");
const userOf = (wanted: Wanted) => textIn(wanted, "user");
const policyOf = (wanted: Wanted) => textIn(wanted, "policyArn");
const lowerName = ({ name }: Wanted) => name.toLowerCase();
const exists = (kind: string, name: string) => `EntityAlreadyExists: ${kind} with name ${name} already exists.`;
const conflict = (what: string) => `DeleteConflict: Cannot delete entity, ${what}`;
const MUST_DETACH = conflict("must detach all policies first.");
const textIn = ({ parameters }: Wanted, field: string) => textAt(parameters, [field]);
