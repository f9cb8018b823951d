import { textAt } from "../../../render/unstructured.js";
import { HEXADECIMAL, madeUp } from "../made-up.js";
import { type StandIn, type Wanted } from "../stand-in.js";
import { type AwsOptions, arnOf } from "./aws-options.js";
import { tagged, tagsOf } from "./tags.js";

const apiVersion = "kms.aws.m.upbound.io/v1beta1";

export const KEY = { apiVersion, kind: "Key" } as const;
export const ALIAS = { apiVersion, kind: "Alias" } as const;

export function kms(options: AwsOptions): readonly StandIn[] {
  const arn = (wanted: Wanted, resource: string) => arnOf(wanted, { service: "kms", resource }, options);
  return [
    {
      ...KEY,
      ...tagged,
      isNamedByCloud: true,
      externalName: ({ name }) => keyId(name),
      immutable: ["region", "keyUsage", "customerMasterKeySpec", "multiRegion"],
      lateInitialize: () => ({
        customerMasterKeySpec: "SYMMETRIC_DEFAULT",
        enableKeyRotation: false,
        isEnabled: true,
        keyUsage: "ENCRYPT_DECRYPT",
        multiRegion: false,
      }),
      observe: (external) => ({
        ...external.parameters,
        ...tagsOf(external),
        id: external.name,
        keyId: external.name,
        arn: arn(external, `key/${external.name}`),
      }),
    },
    {
      ...ALIAS,
      immutable: ["region"],
      references: { targetKeyIdRef: { ...KEY, field: "targetKeyId" } },
      observe: (external) => ({
        ...external.parameters,
        id: `alias/${external.name}`,
        arn: arn(external, `alias/${external.name}`),
        targetKeyArn: arn(external, `key/${targetOf(external)}`),
      }),
      partOf: (wanted) => ({ ...KEY, name: targetOf(wanted) }),
      refuseCreate: (wanted, cloud) =>
        cloud.find(KEY, targetOf(wanted))
          ? undefined
          : `NotFoundException: Key '${arn(wanted, `key/${targetOf(wanted)}`)}' does not exist`,
    },
  ];
}

const targetOf = ({ parameters }: Wanted) => textAt(parameters, ["targetKeyId"]).replace(/^arn:.*:key\//, "");

function keyId(seed: string): string {
  const digits = madeUp([seed], 32, HEXADECIMAL);
  return [0, 8, 12, 16, 20].map((from, index) => digits.slice(from, [8, 12, 16, 20, 32][index])).join("-");
}
