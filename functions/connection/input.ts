import { boolean, list, map, type Out, object, oneOf, string } from "trimtab/schema";

const path = string({ minLength: 1, maxLength: 1024 });

const detail = object({
  name: string({ minLength: 1, maxLength: 253, pattern: /^[-._a-zA-Z0-9]+$/ }).describe("The key."),
  type: oneOf("FromConnectionSecretKey", "FromFieldPath", "FromCompositeFieldPath", "FromValue").describe(
    "Where the value comes from.",
  ),
  resource: string({ minLength: 1, maxLength: 1024 })
    .optional()
    .describe("The composition resource name of what the value is read from, whichever step composes it."),
  fromConnectionSecretKey: string({ minLength: 1, maxLength: 253 })
    .optional()
    .describe("With FromConnectionSecretKey: the connection detail that the resource publishes."),
  fromFieldPath: path
    .optional()
    .describe("With FromFieldPath: the field of the resource. With FromCompositeFieldPath: the field of the XR."),
  value: string({ maxLength: 65_536 }).optional().describe("With FromValue: the value as it stands."),
  optional: boolean()
    .default(false)
    .describe("Whether the Secret is published without the key too. What was published once stays."),
});

const connectionDetails = list(detail, { key: "name", minItems: 1, maxItems: 200 });

const secret = object({
  name: string({ minLength: 1, maxLength: 253 })
    .optional()
    .describe("The Secret's name. Two XRs of one namespace cannot both have it: see nameFrom."),
  nameFrom: object({
    fieldPath: path.describe("A field of the XR's metadata or spec, such as metadata.name."),
    prefix: string({ maxLength: 253 }).default("").describe("What stands before it."),
    suffix: string({ maxLength: 253 }).default("").describe("What stands after it."),
  })
    .optional()
    .describe("Makes the Secret's name from a field of the XR."),
  type: string({ minLength: 1, maxLength: 253 }).default("Opaque").describe("The Secret's type."),
  labels: map(string({ maxLength: 63 }), { maxProperties: 100 })
    .default({})
    .describe("Labels of the Secret."),
  annotations: map(string({ maxLength: 65_536 }), { maxProperties: 100 })
    .default({})
    .describe("Annotations of the Secret."),
  waitForReady: boolean()
    .default(false)
    .describe("Whether it also waits, before it is published, for every resource that it reads from to be ready."),
  connectionDetails: connectionDetails.describe("The Secret's keys, each with where its value comes from."),
});

/** What becomes of which fields and connection details: input of the Composition's step. */
export const Connection = object({
  // Required, so that a step that has lost its input does not take every Secret away.
  secrets: list(secret, { maxItems: 50 }).describe(
    "The Secrets to publish in the namespace of the XR, or of its claim. One that is no longer listed goes.",
  ),
  connectionDetails: connectionDetails
    .optional()
    .describe("What a legacy XR publishes itself, from where Crossplane copies it into the claim's Secret."),
});

export type Connection = Out<typeof Connection>;
export type SecretInput = Connection["secrets"][number];
export type Detail = SecretInput["connectionDetails"][number];
