import { textAt } from "../../../render/unstructured.js";
import { HEXADECIMAL, madeUp } from "../made-up.js";
import { type StandIn, type Wanted } from "../stand-in.js";
import { type AwsOptions, arnOf } from "./aws-options.js";
import { ROLE } from "./iam-kinds.js";
import { tagged, tagsOf } from "./tags.js";

const apiVersion = "eks.aws.m.upbound.io/v1beta1";

export const POD_IDENTITY_ASSOCIATION = { apiVersion, kind: "PodIdentityAssociation" } as const;

/** What gives a role to a ServiceAccount. A ServiceAccount of a cluster has one. */
export function podIdentityAssociation(options: AwsOptions): StandIn {
  const from = ["status", "atProvider", "arn"];
  return {
    ...POD_IDENTITY_ASSOCIATION,
    ...tagged,
    isNamedByCloud: true,
    externalName: ({ name }) => `a-${madeUp([name], 17, HEXADECIMAL)}`,
    immutable: ["clusterName", "namespace", "serviceAccount", "region"],
    references: {
      roleArnRef: { ...ROLE, field: "roleArn", from },
      targetRoleArnRef: { ...ROLE, field: "targetRoleArn", from },
      clusterNameRef: { apiVersion, kind: "Cluster", field: "clusterName" },
    },
    observe: (external) => {
      const resource = `podidentityassociation/${textAt(external.parameters, ["clusterName"])}/${external.name}`;
      return {
        ...external.parameters,
        ...tagsOf(external),
        id: external.name,
        associationId: external.name,
        associationArn: arnOf(external, { service: "eks", resource }, options),
      };
    },
    refuseCreate: (wanted, cloud) => {
      const [same] = cloud.list(POD_IDENTITY_ASSOCIATION, { by: boundBy, is: boundBy(wanted) });
      return same && `ResourceInUseException: Association already exists: ${same.name}`;
    },
  };
}

function boundBy({ parameters }: Wanted): string {
  const fields = ["region", "clusterName", "namespace", "serviceAccount"];
  return JSON.stringify(fields.map((field) => textAt(parameters, [field])));
}
