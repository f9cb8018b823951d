import { type CompositionProps, step } from "trimtab/project";
import { bucket } from "../functions/bucket/function.js";
import { XBucket } from "../xrds/xbucket.js";
import { bucketPlatform, functionBucket } from "./platform.js";

/** How an XBucket becomes resources: one step. */
export const xbucket: CompositionProps = {
  name: "xbucket",
  composite: XBucket,
  pipeline: [step(bucket, { functionRef: functionBucket.installedAs, input: bucketPlatform })],
};
