import { list, type Out, object, oneOf } from "trimtab/schema";
import { commonPlatform } from "../platform/platform.js";

const credentialKind = oneOf("PodIdentity", "IRSA");

/** What the platform decides and no developer may: input of the Composition's step. */
export const Platform = object({
  ...commonPlatform,
  credentials: object({
    default: credentialKind.default("PodIdentity").describe("What an identity gets that does not choose."),
    allowed: list(credentialKind, { set: true, minItems: 1, maxItems: 2 })
      .default(["PodIdentity"])
      .describe("What an identity may choose."),
  })
    .default({})
    .describe("How services prove who they are."),
});

export type Platform = Out<typeof Platform>;
