import { type CompositionProps } from "trimtab/project";
import { LegacyXBucket } from "../xrds/legacyxbucket.js";
import { xbucket } from "./xbucket.js";

/** The same pipeline for what claims make. Without the namespace nothing would reach a claim's own Secret. */
export const legacyXBucket: CompositionProps = {
  ...xbucket,
  name: "legacy-xbucket",
  composite: LegacyXBucket,
  writeConnectionSecretsToNamespace: "crossplane-system",
};
