import { defineXRD } from "trimtab/schema";
import { spec } from "./xbucket/spec.js";
import { status } from "./xbucket/status.js";

/** An S3 bucket, and access to it for services of the same namespace. */
export const XBucket = defineXRD({
  group: "platform.trimtab.dev",
  version: "v1alpha1",
  kind: "XBucket",
  description: "An S3 bucket, and access to it for services of this namespace.",
  categories: ["crossplane", "storage"],
  columns: [
    { name: "Bucket", path: ".status.bucket.name" },
    { name: "Region", path: ".spec.region" },
  ],
  spec,
  status,
});
