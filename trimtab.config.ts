import { defineProject } from "trimtab/project";
import { legacyXBucket } from "./compositions/legacy-xbucket.js";
import { functionBucket, functionIdentity } from "./compositions/platform.js";
import { xbucket } from "./compositions/xbucket.js";
import { xWorkloadIdentity } from "./compositions/xworkloadidentity.js";
import { bucket } from "./functions/bucket/function.js";
import { connection } from "./functions/connection/function.js";
import { identity } from "./functions/identity/function.js";

const crossplane = ">=v2.0.0-0";
/** Before, no Configuration could bring an activation policy. */
const activating = ">=v2.1.0-0";
const provider = (name: string) =>
  ({ kind: "Provider", package: `xpkg.upbound.io/upbound/${name}`, version: ">=v2.6.0" }) as const;

export default defineProject({
  functions: [bucket, identity, connection],
  compositions: [xbucket, legacyXBucket, xWorkloadIdentity],
  packages: [
    { kind: "Function", function: bucket, crossplane },
    { kind: "Function", function: identity, crossplane },
    { kind: "Function", function: connection, crossplane },
    {
      kind: "Configuration",
      name: "configuration-xbucket",
      compositions: [xbucket, legacyXBucket, xWorkloadIdentity],
      crossplane: activating,
      examples: [
        "examples/minimal/xr.yaml",
        "examples/read-write/xr.yaml",
        "examples/claim/claim.yaml",
        "examples/identity-pod-identity/xr.yaml",
      ],
      dependsOn: [
        { kind: "Function", package: functionBucket.package, version: ">=v0.1.0" },
        { kind: "Function", package: functionIdentity.package, version: ">=v0.1.0" },
        provider("provider-aws-s3"),
        provider("provider-aws-iam"),
        provider("provider-aws-eks"),
      ],
    },
  ],
});
